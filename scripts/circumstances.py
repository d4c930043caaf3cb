#!/usr/bin/env python3
"""How well are the circumstances of statements found: addressee, medium, time, relay, polarity, whether it was said,
and which statement holds it?

usage: python3 scripts/circumstances.py DATA PREDICTIONS [--errors FIELD] [--half dev|held]

DATA is laid out as ../shared/eval; PREDICTIONS is what `cargo xtask eval --out PREDICTIONS` wrote. Needs Python
3.9, no packages.

Statements are paired as the scorer pairs them, act reports among them: one to one, the highest Jaccard overlap of content words first, from one
half upward. Only pairs count, because what was not found as a statement has no circumstances. A span is right where it
shares a word with the gold's ("exact": all words); a relay where the names share their last word; a holder where its statement is the gold's pair.
For polarity and "uttered" the table gives the accuracy, and precision, recall and F over the values that are not the common one.
"""
import argparse
import collections
import gzip
import json
import pathlib
import re
import zlib

SPANS = ("addressee", "medium", "time")
COMMON = {"polarity": "pos", "uttered": "actual"}


def read(path):
    with (gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")) as lines:
        return [json.loads(line) for line in lines if line.strip()]


def words_in(words, spans):
    """Numbers of the words that begin inside one of the spans."""
    return {n for n, word in enumerate(words) if any(start <= word.start() < end for start, end in spans)}


def as_spans(value):
    if not value:
        return []
    if isinstance(value, dict):
        return [(value["start"], value["end"])]
    if isinstance(value[0], int):
        return [tuple(value)]
    return [span for part in value for span in as_spans(part)]


def content_words(words, statement):
    numbers = words_in(words, as_spans(statement["content"]))
    if numbers and words[min(numbers)].group().lower() in ("that", "to"):
        numbers.discard(min(numbers))
    return numbers


def paired(words, gold, predicted):
    """Pairs of positions: (gold, predicted)."""
    gold_words = [content_words(words, statement) for statement in gold]
    predicted_words = [content_words(words, statement) for statement in predicted]
    overlaps = []
    for g, one in enumerate(gold_words):
        for p, other in enumerate(predicted_words):
            if one & other and len(one & other) >= len(one | other) / 2:
                # Of equal contents the one with the same cue: "According to Karsk, Vale claimed …".
                same_cue = as_spans(gold[g].get("cue"))[:1] == as_spans(predicted[p].get("cue"))[:1]
                overlaps.append((-len(one & other) / len(one | other), not same_cue, g, p))
    pairs = {}
    for _, _, g, p in sorted(overlaps):
        if g not in pairs and p not in pairs.values():
            pairs[g] = p
    return pairs


def fold(name):
    return re.sub(r"[^\w ]", "", (name or "").lower()).split()


def same_name(one, other):
    one, other = fold(one), fold(other)
    if "unnamed" in one[:1] or other == ["reportedly"]:
        return "unnamed" in one[:1] and ("unnamed" in other[:1] or other == ["reportedly"])
    return bool(one and other) and (one[-1] == other[-1] or set(one) <= set(other) or set(other) <= set(one))


def measure(articles, errors):
    counts = collections.Counter()
    for article, predicted in articles:
        text, gold = article["text"], article["statements"]
        words = list(re.finditer(r"\w+", text))
        pairs = paired(words, gold, predicted)
        predicted_of = {gold[g]["id"]: predicted[p]["id"] for g, p in pairs.items()}
        counts["pairs"] += len(pairs)
        for g, p in pairs.items():
            one, other = gold[g], predicted[p]
            judged = {}
            for field in SPANS:
                a, b = as_spans(one[field]), as_spans(other[field])
                shared = bool(words_in(words, a) & words_in(words, b))
                judged[field] = (bool(a), bool(b), shared)
                counts[field, "exact"] += shared and words_in(words, a) == words_in(words, b)
            judged["via"] = (bool(one["via"]), bool(other["via"]), same_name(one["via"], other["via"]))
            holder = other["nested_in"]
            judged["nested_in"] = (bool(one["nested_in"]), bool(holder), bool(holder) and predicted_of.get(one["nested_in"]) == holder)
            for field, common in COMMON.items():
                judged[field] = (one[field] != common, other[field] != common, one[field] == other[field] != common)
                counts[field, "same"] += one[field] == other[field]
            for field, (is_gold, is_predicted, is_right) in judged.items():
                counts[field, "gold"] += is_gold
                counts[field, "predicted"] += is_predicted
                counts[field, "right"] += is_right
                if field == errors and (is_gold or is_predicted) and not is_right:
                    show(text, article["id"], field, one, other)
    return counts


def show(text, name, field, gold, predicted):
    def value(of):
        spans = as_spans(of[field]) if field in SPANS else []
        return text[spans[0][0]:spans[0][1]] if spans else of[field] if field not in SPANS else None
    places = [span for of in (gold, predicted) for span in as_spans(of.get("cue")) + as_spans(of.get("source"))]
    start = min((span[0] for span in places), default=0)
    start = max(text.rfind("\n", 0, start) + 1, start - 250)
    end = max((span[1] for span in places), default=start) + 120
    print(f"{name} {field}: gold {value(gold)!r}, found {value(predicted)!r}; cue {text[slice(*as_spans(gold.get('cue'))[0])] if gold.get('cue') else None!r}")
    print("    " + text[start:end].replace("\n", " / "))


def row(counts, field):
    n_gold, n_predicted, n_right = (counts[field, what] for what in ("gold", "predicted", "right"))
    precision, recall = n_right / n_predicted if n_predicted else 0, n_right / n_gold if n_gold else 0
    f = 2 * n_right / (n_gold + n_predicted) if n_gold + n_predicted else 0
    extra = ""
    if field in SPANS:
        extra = f"exact F {2 * counts[field, 'exact'] / max(1, n_gold + n_predicted):.3f}"
    elif field in COMMON:
        extra = f"accuracy {counts[field, 'same'] / max(1, counts['pairs']):.3f}"
    return f"  {field:10} {precision:9.3f} {recall:9.3f} {f:9.3f} {n_gold:6} {n_predicted:6} {n_right:6}  {extra}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("predictions", type=pathlib.Path)
    parser.add_argument("--errors", metavar="FIELD", help="print what is wrong in a field")
    parser.add_argument("--half", choices=("dev", "held"), help="six tenths of the articles, or the rest, by a hash of their names")
    options = parser.parse_args()
    for path in sorted((options.data / "statements").glob("*.jsonl.gz")):
        gold = read(path)
        if not any("addressee" in statement for article in gold for statement in article["statements"]):
            continue
        predictions = options.predictions / "statements" / path.name.removesuffix(".gz")
        if not predictions.is_file():
            print(f"{path.name}: no predictions")
            continue
        found = {article["id"]: article["statements"] for article in read(predictions)}
        is_held = {article["id"]: zlib.crc32(article["id"].encode()) % 10 >= 6 for article in gold}
        chosen = [article for article in gold if options.half is None or is_held[article["id"]] == (options.half == "held")]
        counts = measure([(article, found.get(article["id"], [])) for article in chosen], options.errors)
        print(f"{path.name.split('.')[0]}: {counts['pairs']} statements paired")
        print("             precision    recall         F   gold  found  right")
        for field in (*SPANS, "via", "nested_in", *COMMON):
            print(row(counts, field))


if __name__ == "__main__":
    main()
