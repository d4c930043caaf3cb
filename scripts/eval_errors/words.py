"""What makes errors alike: the cue without its endings, a time expression without its numbers."""
import pathlib
import re


def _read():
    sections, name = {}, None
    for line in (pathlib.Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
            sections[name] = []
        elif line.strip() and not line.startswith("#"):
            sections[name].append(line)
    return sections


_SECTIONS = _read()
_STEMS = {form: stem.strip() for forms, stem in (line.split(":") for line in _SECTIONS["stems"]) for form in forms.split()}
_WORDS = {name: {word for line in _SECTIONS[name] for word in line.split()} for name in _SECTIONS if name != "stems"}
_PLACES = {"months": "MONTH", "weekdays": "WEEKDAY", "numbers": "NUMBER", "ordinals": "ORDINAL"}


def stem(word):
    """A word without the endings of verbs; it need not be a word itself."""
    if word in _STEMS:
        return _STEMS[word]
    for ending, instead in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + instead
            break
    # "planned", "planning" and "plan".
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl" else word


def cue(text):
    """The group of a cue: the stems of the words that tell it from others."""
    words = re.findall(r"[a-z]+(?:['’]t)?", text.lower())
    kept = [stem(word) for word in words if word not in _WORDS["auxiliaries"]]
    return f"“{' '.join(kept)}”" if kept else f"“{' '.join(words)}”" if words else "no word as cue"


def edge(word):
    """A word, where it tells what is cut off or taken in too much: one that opens a phrase or a clause."""
    return word if word in _WORDS["edges"] else None


def timex(text):
    """The pattern of a time expression: digits as 0; names of months and days, and numbers in words, by their sort."""
    def place(word):
        return next((told for name, told in _PLACES.items() if word.strip(".") in _WORDS[name]), None)
    words = re.findall(r"\w+\.?|[^\w\s]", text.lower())
    # "may" and "second" are what they look like only beside others; alone they are words.
    return " ".join(place(word) or re.sub(r"\d", "0", word) for word in words) if len(words) > 1 or place(text.lower()) else text.lower()


def shape(value):
    """A value with its digits as 0."""
    return re.sub(r"\d", "0", value or "none")
