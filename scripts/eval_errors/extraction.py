"""Pages: text, title, date."""
import datetime
import re
from collections import Counter
from urllib.parse import urlsplit

from report import Layer, around, clean

# A stretch of a page shorter than this says nothing about where it comes from.
MIN_LINE_CHARS = 20


def layers(scorer):
    for name, gold, predicted in scorer.sets("extraction"):
        layer, of = Layer(name), {row["id"]: row for row in predicted}
        for part in (_texts, _titles, _dates):
            part(scorer, layer, gold, of)
        yield layer


def _site(page):
    return urlsplit(page.get("url") or "").netloc.removeprefix("www.") or "no address"


def _texts(scorer, layer, gold, of):
    sums = Counter()
    for page in gold:
        if not page.get("text"):
            continue
        text = of.get(page["id"], {}).get("text") or ""
        wanted, found = scorer.shingles(page["text"]), scorer.shingles(text)
        n_shared = sum((wanted & found).values())
        precision = n_shared / sum(found.values()) if found else 0.0
        recall = n_shared / sum(wanted.values()) if wanted else 1.0
        sums.update({"p": precision, "r": recall, "n": 1})
        # Of a mean over pages each loses what it lacks.
        if not text:
            layer.add("text: nothing given", _site(page), "text_f", {"p": 1, "r": 1}, page["id"], clean(page["text"]), "nothing", 0, len(page["text"]))
            continue
        told = f"{len(page['text'])} characters", f"{len(text)} characters, precision {precision:.2f}, recall {recall:.2f}"
        for kind, change, whole, other in (("text: too much", {"p": 1 - precision}, text, page["text"]), ("text: too little", {"r": 1 - recall}, page["text"], text)):
            if sum(change.values()) > 0:
                # The stretch that the other text lacks; it lies in the text that was given, or in the one that was expected.
                start, end = _lacking(scorer, whole, other)
                where = "given" if whole is text else "expected"
                layer.add(kind, _site(page), "text_f", change, page["id"], *told, start, end, f"in the text {where}: {around(whole, start, end)}")
    if sums["n"]:
        layer.figure("text_f", "means", **sums)


def _lacking(scorer, text, other):
    """The longest line of a text that does not stand in another one."""
    squeezed = "".join(scorer.WORD.findall(other))
    lines = [match for match in re.finditer(r"[^\n]+", text) if len(match.group()) >= MIN_LINE_CHARS]
    missing = [match for match in lines if "".join(scorer.WORD.findall(match.group())) not in squeezed]
    longest = max(missing or lines, key=lambda match: match.end() - match.start(), default=None)
    return longest.span() if longest else (0, min(len(text), 200))


def _titles(scorer, layer, gold, of):
    n_titles = n_right = 0
    for page in gold:
        if not page.get("title"):
            continue
        given = of.get(page["id"], {}).get("title")
        wanted, found = scorer.plain(page["title"]), scorer.plain(given)
        n_titles, n_right = n_titles + 1, n_right + (wanted == found)
        if wanted == found:
            continue
        sort = "none" if not found else "too long" if wanted in found else "too short" if found in wanted else "another one"
        extra = found.replace(wanted, " ").strip() if sort == "too long" else wanted.replace(found, " ").strip() if sort == "too short" else ""
        # "Headline - Name of the site": the mark in between is what a rule would look at.
        mark = re.search(r"(?<=\s)[^\w\s](?=\s)|^[^\w\s]|:", extra)
        group = f"parted by “{mark.group()}”" if mark else "no mark in between" if extra else _site(page)
        layer.add(f"title: {sort}", group, "title_accuracy", {"right": 1}, page["id"], page["title"], given or "nothing", text=page.get("url") or "")
    if n_titles:
        layer.figure("title_accuracy", "share", right=n_right, wanted=n_titles)


def _dates(scorer, layer, gold, of):
    counts = Counter(ok=0, wrong=0, none=0)
    for page in gold:
        wanted = page.get("date")
        if not isinstance(wanted, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", wanted):
            continue
        given = (of.get(page["id"], {}).get("date") or "")[:10]
        counts["ok" if given == wanted else "wrong" if given else "none"] += 1
        if given != wanted:
            change = {"ok": 1, "wrong": -1} if given else {"ok": 1, "none": -1}
            layer.add("date: wrong" if given else "date: none", _apart(wanted, given) if given else _site(page), "date_f", change, page["id"],
                      wanted, given or "nothing", text=page.get("url") or "")
    if sum(counts.values()):
        layer.figure("date_f", "dates", **counts)


def _apart(wanted, given):
    """How two dates differ, as far as it hints at the reason."""
    if wanted[:4] == given[:4] and wanted[5:7] == given[8:] and wanted[8:] == given[5:7]:
        return "day and month exchanged"
    try:
        days = (datetime.date.fromisoformat(given) - datetime.date.fromisoformat(wanted)).days
    except ValueError:
        return "no whole date"
    span = "a day" if abs(days) == 1 else "within a week" if abs(days) <= 7 else "within a year" if abs(days) <= 366 else "more than a year"
    return f"{span} too {'late' if days > 0 else 'early'}"
