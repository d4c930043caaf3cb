"""Errors, and what becomes of them: counts by kind, groups by what they cost, examples."""
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Optional

from scorer import Failure

# How a figure is reckoned from its counts.
FORMULAS = {
    "f": lambda c: 2 * c["right"] / (c["found"] + c["wanted"]) if c["right"] else 0.0,
    "share": lambda c: c["right"] / c["wanted"] if c["wanted"] else 0.0,
    # The harmonic mean of two means, over documents or over mentions.
    "means": lambda c: 2 * c["p"] * c["r"] / (c["p"] + c["r"]) / c["n"] if c["p"] + c["r"] else 0.0,
    "dates": lambda c: 2 * c["ok"] / (2 * c["ok"] + 2 * c["wrong"] + c["none"]) if c["ok"] else 0.0,
    # A number of which less is better.
    "count": lambda c: c["found"],
}
# Over how many cases a figure is measured. A number counts the cases itself.
UNITS = {
    "f": lambda c: c["wanted"],
    "share": lambda c: c["wanted"],
    "means": lambda c: c["n"],
    "dates": lambda c: c["ok"] + c["wrong"] + c["none"],
    "count": lambda c: 1,
}
# So many examples of one group are shown before smaller groups get theirs.
EXAMPLES_PER_GROUP = 2
# Half of the scorer's last decimal, and the last bit of a float.
ROUNDING = 0.000_006


@dataclass
class Error:
    """One error. `change` says how the counts of its figure change when it is put right."""
    kind: str
    group: str
    figure: str
    change: dict
    id: str
    expected: str = "nothing"
    given: str = "nothing"
    start: Optional[int] = None
    end: Optional[int] = None
    text: str = ""

    def told(self):
        return {"id": self.id, "start": self.start, "end": self.end, "expected": self.expected, "given": self.given, "text": self.text}


@dataclass
class Layer:
    """The errors of one set, or of one kind of answer about the seeds."""
    name: str
    # By the name of the figure: its formula, and the counts that it is reckoned from.
    figures: dict = field(default_factory=dict)
    errors: list = field(default_factory=list)
    note: Optional[str] = None

    def figure(self, name, formula, **counts):
        self.figures[name] = (formula, Counter(counts))

    def add(self, *arguments, **named):
        self.errors.append(Error(*arguments, **named))

    def key(self, figure):
        """The scorer's name of a figure."""
        return figure if "/" in figure else f"{self.name}/{figure}"

    def value(self, figure, put_right=()):
        formula, counts = self.figures[figure]
        counts = Counter(counts)
        for error in put_right:
            for name, change in error.change.items():
                counts[name] += change
        return FORMULAS[formula](counts)

    def check(self, figures):
        """The counts here must give the scorer's figures: what is listed would else be something else than what is scored."""
        for name in self.figures:
            key, ours = self.key(name), self.value(name)
            if key not in figures or abs(figures[key] - ours) > ROUNDING:
                raise Failure(f"{key} is {figures.get(key)} by the scorer and {ours:.5f} by its errors\n"
                              "  hint: the scorer has changed; bring scripts/eval_errors up to it")

    def cost(self, figure, errors):
        """What the figure would gain without these errors, times the cases it is measured on: three of the three hundred
        wrong statements weigh as much as three of the ten wrong pronouns."""
        formula, counts = self.figures[figure]
        return abs(self.value(figure, errors) - self.value(figure)) * UNITS[formula](counts)

    def told(self, n_examples):
        """The report on the layer. Errors of one group cost the same figure; the costliest kinds and groups come first."""
        return {
            "layer": self.name,
            "n_errors": len(self.errors),
            "note": self.note,
            "kinds": [self._sum(key, errors) for key, errors in self._ranked(lambda error: (error.figure, error.kind))],
            "groups": self._groups(n_examples),
        }

    def _ranked(self, key_of):
        grouped = defaultdict(list)
        for error in self.errors:
            grouped[key_of(error)].append(error)
        return sorted(grouped.items(), key=lambda item: (-self.cost(item[0][0], item[1]), -len(item[1]), item[0]))

    def _sum(self, key, errors):
        figure, kind = key[:2]
        now, if_right = self.value(figure), self.value(figure, errors)
        return {
            "kind": kind, "n_errors": len(errors), "share": round(len(errors) / len(self.errors), 5),
            "figure": self.key(figure), "is_count": self.figures[figure][0] == "count",
            "now": round(now, 5), "if_right": round(if_right, 5), "gain": round(if_right - now, 5),
        }

    def _groups(self, n_examples):
        ranked = self._ranked(lambda error: (error.figure, error.kind, error.group))
        shown = [[] for _ in ranked]
        # Within a group too the costliest comes first; what costs the same stays in the order of the data.
        waiting = [sorted(errors, key=lambda error: -self.cost(error.figure, [error])) for (_, errors) in ranked]
        while n_examples > 0 and any(waiting):
            for of_group, rest in zip(shown, waiting):
                n_taken = min(EXAMPLES_PER_GROUP, n_examples)
                of_group += rest[:n_taken]
                n_examples -= len(rest[:n_taken])
                del rest[:n_taken]
        return [{**self._sum(key, errors), "group": key[2], "examples": [error.told() for error in examples]}
                for (key, errors), examples in zip(ranked, shown)]


def clean(text, limit=160):
    """On one line, with the middle left out where it is long."""
    text = re.sub(r"\s+", " ", text or "").strip()
    if len(text) <= limit:
        return text
    return f"{text[: limit * 2 // 3].rstrip()} … {text[-(limit // 3):].lstrip()}"


def around(text, start, end, n_chars=70):
    """A short stretch of text with ⟦the words in question⟧."""
    before, after = text[max(0, start - n_chars):start], text[end:end + n_chars]
    inside = clean(text[start:end], 120)
    line = f"{'…' if start > n_chars else ''}{before}⟦{inside}⟧{after}{'…' if end + n_chars < len(text) else ''}"
    return re.sub(r"\s+", " ", line).strip()


def quote(text, spans):
    """Words of spans, with their extents."""
    if not spans:
        return "nothing"
    return f"“{clean(' … '.join(text[start:end] for start, end in spans))}” {', '.join(f'{start}–{end}' for start, end in spans)}"
