#!/usr/bin/env python3
"""Which mistakes are made most often with statements?

usage: python3 scripts/statement_errors.py DATA PREDICTIONS [--set wikinews] [--show KIND]

DATA is laid out as ../shared/eval; PREDICTIONS is what `cargo xtask eval --out PREDICTIONS` wrote. Needs Python
3.9, no packages.

Prints a table in Markdown: kinds of mistakes with their counts, the commonest first. `--show KIND` prints the words behind one of
them. Statements are paired as the scorer pairs them; act reports are neither missed nor superfluous.
"""
import argparse
import collections
import pathlib
import re

from circumstances import as_spans, content_words, paired, read, words_in


def sort_of(statement):
    """What a statement is for a reader: quoted words, indirect speech, or a stance."""
    if statement.get("kind") in ("direct", "mixed"):
        return "quoted words"
    return "indirect speech" if statement.get("class") == "speech" else "a stance"


def has_content(statement):
    return statement.get("kind") != "act-report" and bool(as_spans(statement["content"]))


def same_name(gold, predicted):
    """As the scorer compares names."""
    one, other = (re.sub(r"[^\w ]", "", (name or "").lower()).split() for name in (gold, predicted))
    if not one or not other:
        return False
    unnamed = [words[0] == "unnamed" for words in (one, other)]
    if any(unnamed):
        return all(unnamed)
    return one[-1] == other[-1] or set(one) <= set(other) or set(other) <= set(one)


def of_pair(words, gold, predicted):
    """The mistakes in a statement that was found."""
    wanted, found = (content_words(words, statement) for statement in (gold, predicted))
    if wanted != found:
        side = "too long" if wanted < found else "too short" if found < wanted else "shifted"
        yield f"content {side}"
    wanted, found = (words_in(words, as_spans(statement.get("source"))) for statement in (gold, predicted))
    is_right_source = bool(wanted & found) or (not wanted and not found)
    if not is_right_source:
        yield "source: " + ("another one" if wanted and found else "none taken" if wanted else "none there")
    elif gold.get("source_type") not in (None, "none") and not same_name(gold.get("speaker"), predicted.get("speaker")):
        yield f"right source, wrong speaker behind a {gold['source_type']}"
    if gold.get("class") and gold["class"] != predicted.get("class"):
        is_speech = [statement.get("class") == "speech" for statement in (gold, predicted)]
        yield "class: " + ("a stance for speech" if is_speech[0] else "speech for a stance" if is_speech[1] else "another stance")


def of_article(text, gold, predicted):
    """(kind of mistake, words) of one article."""
    words = list(re.finditer(r"\w+", text))
    acts = [statement for statement in gold if not has_content(statement)]
    full_gold, full = ([x for x in statements if has_content(x)] for statements in (gold, predicted))
    pairs = paired(words, full_gold, full)
    shown = lambda statement: " … ".join(text[start:end] for start, end in as_spans(statement["content"]))[:160]
    for g, statement in enumerate(full_gold):
        if g in pairs:
            for mistake in of_pair(words, statement, full[pairs[g]]):
                yield mistake, f"{shown(statement)}  |  {shown(full[pairs[g]])}"
            continue
        cue = words_in(words, as_spans(statement.get("cue")))
        same_cue = [x for x in predicted if cue & words_in(words, as_spans(x.get("cue")))]
        if not cue:
            kind = "missed: words without a cue"
        elif any(x.get("kind") == "act-report" for x in same_cue):
            kind = "missed: taken for an act report"
        elif same_cue:
            kind = "missed: cue found, other content"
        else:
            kind = f"missed: {sort_of(statement)}"
        yield kind, f"{statement.get('cue') and text[slice(*as_spans(statement['cue'])[0])]}: {shown(statement)}"
    acts = [content_words(words, statement) for statement in acts]
    for p, statement in enumerate(full):
        found = content_words(words, statement)
        is_act = any(act & found and len(act & found) >= len(act | found) / 2 for act in acts)
        if p in pairs.values() or is_act or not found:
            continue
        cue = words_in(words, as_spans(statement.get("cue")))
        if any(cue & words_in(words, as_spans(x.get("cue"))) for g, x in enumerate(full_gold) if g not in pairs):
            continue  # counted as missed: cue found, other content
        inside = any(found <= content_words(words, x) for x in full_gold)
        kind = "superfluous: inside another statement" if inside else f"superfluous: {sort_of(statement)}"
        yield kind, f"{statement.get('cue') and text[slice(*as_spans(statement['cue'])[0])]}: {shown(statement)}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("predictions", type=pathlib.Path)
    parser.add_argument("--set", default="wikinews", help="name of the set")
    parser.add_argument("--show", metavar="KIND", help="print the words behind one kind")
    arguments = parser.parse_args()
    predictions = read(arguments.predictions / "statements" / f"{arguments.set}.jsonl")
    predicted_of = {row["id"]: row["statements"] for row in predictions}
    mistakes = collections.defaultdict(list)
    for article in read(arguments.data / "statements" / f"{arguments.set}.jsonl.gz"):
        for kind, words in of_article(article["text"], article["statements"], predicted_of.get(article["id"], [])):
            mistakes[kind].append((article["id"], words))
    if arguments.show:
        for id_, words in mistakes[arguments.show]:
            print(id_, "|", re.sub(r"\s+", " ", words))
        return
    print("| mistake | count |\n|---|---|")
    for kind, found in sorted(mistakes.items(), key=lambda item: (-len(item[1]), item[0])):
        print(f"| {kind} | {len(found)} |")


if __name__ == "__main__":
    main()
