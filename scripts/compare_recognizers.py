#!/usr/bin/env python3
"""Times this repository's expressions of time and those of Microsoft's Recognizers-Text on the same dated texts, one
thread each, in turn, and scores both with the same scorer.

usage: python3 scripts/compare_recognizers.py [DATA] [--words N] [--rounds N] [--json]

DATA is a folder of evaluation sets [../shared/eval]: time/*.jsonl.gz are the texts. The packages
of Recognizers-Text and the language model are installed into an environment of their own in the user's cache folder, in the
versions of scripts/compare_requirements.txt; nothing else on the machine is touched. Needs Python 3.11, pip and a Rust toolchain.

Recognizers-Text gets each text with its date as the reference, and gives spans, types and values by patterns alone. It
is the Python port; the .NET one is not measured. Ours needs the parse, so that three figures are given: the stage of
time expressions over texts that are parsed, the whole extraction over the same, and the text stage. All texts are scored; the
rounds are over some of each set, --words in all. A first round of each is not counted; then they take turns. Time is CPU time inside each process (our example answers with the wall-clock
seconds of its stages; the CPU seconds of the round are divided in their proportion).

A value of Recognizers-Text is its TIMEX; where that leaves the year or the week open, one of the dates that it resolves
to. It gives the one before the reference and the one after; two rows take the first always and the second always, and a
third takes whichever is right, as if somebody told it, which no program could do.

Exit code: 0 where it ran, 2 where something did not.
"""
import datetime
import json
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from peers import (DATA, MODEL, Report, Side, example, fail, flags, model_folder, prepare_python, read_rows, score, spread, versions_of,
                   write_rows)

# recognizers-text asks for any emoji and needs one before 2.
PACKAGES = ["recognizers-text-suite", "emoji"]


# ---- the side of Recognizers-Text: run by the environment's own interpreter

def worker(file):
    """Reads the texts; says what is found in them; then answers each line on stdin with one timed round."""
    from recognizers_date_time import Culture, DateTimeRecognizer
    model = DateTimeRecognizer(Culture.English).get_datetime_model()
    texts = [json.loads(line) for line in open(file, encoding="utf-8")]
    dated = [(text["id"], text["text"], datetime.datetime.fromisoformat(text["dct"])) for text in texts]

    def values(result):
        resolved = (result.resolution or {}).get("values") or [{}]
        read = lambda value: value.get("value") or value.get("start") or value.get("timex") or ""
        is_open = (resolved[0].get("timex") or "").startswith("XXXX")
        return [*map(read, resolved)] if is_open else [resolved[0].get("timex") or ""]

    # The end of a result is its last character.
    found = {name: [{"start": result.start, "end": result.end + 1, "values": values(result)}
                    for result in model.parse(text, date)] for name, text, date in dated}
    print(json.dumps(found), flush=True)
    for _ in sys.stdin:
        start = time.process_time()
        for _, text, date in dated:
            model.parse(text, date)
        print(time.process_time() - start, flush=True)


# ---- texts and scores

def read_sets(folder):
    """The texts with a date of each set, by the set's name."""
    sets = {}
    for file in sorted((folder / "time").glob("*.jsonl.gz")):
        sets[file.name.split(".")[0]] = [text for text in read_rows(file) if re.fullmatch(r"\d{4}-\d\d-\d\d", text.get("dct") or "")]
    if not any(sets.values()):
        fail(f"there are no dated texts in {folder / 'time'}", "name a folder that is laid out as the evaluation data")
    return sets


def words_of(texts):
    return sum(len(text["text"].split()) for text in texts)


def some(sets, n_words):
    """The first texts of each set, about `n_words` words in all."""
    chosen = []
    for texts in sets.values():
        n = 0
        for text in texts:
            if n < n_words / len(sets):
                chosen.append(text)
                n += words_of([text])
    return chosen


def choices(found, texts):
    """What Recognizers-Text says, with the first of its values, with the last, and with the right one where it is there."""
    gold = {(text["id"], timex["start"], timex["end"]): timex["value"] for text in texts for timex in text["timex"]}

    def by(choose):
        return {name: [dict(timex, value=choose(name, timex)) for timex in timexes] for name, timexes in found.items()}

    def right(name, timex):
        value = gold.get((name, timex["start"], timex["end"]))
        return value if value in timex["values"] else timex["values"][0]

    return [("Recognizers-Text, first value", by(lambda _, timex: timex["values"][0])),
            ("Recognizers-Text, last value", by(lambda _, timex: timex["values"][-1])),
            ("Recognizers-Text, the right one if it is there", by(right))]


# ---- running

def sides(python, binary, file, texts):
    """Both programs on these texts, and what each found in them."""
    write_rows(file, [{name: text[name] for name in ("id", "dct", "text")} for text in texts])
    programs = Side([python, Path(__file__).resolve(), "--worker", file]), Side([binary, model_folder(python), file])
    return programs, [json.loads(program.answer()) for program in programs]


def compare(python, binary, options, sets, scratch, report):
    texts = [text for chosen in sets.values() for text in chosen]
    programs, (theirs, ours) = sides(python, binary, scratch / "all.jsonl", texts)
    for program in programs:
        program.end()
    found = [*choices(theirs, texts), ("rapporteur", ours)]
    timed_on = some(sets, options.words)
    n_words = words_of(timed_on)
    (theirs, ours), _ = sides(python, binary, scratch / "some.jsonl", timed_on)
    rounds, timed = max(options.rounds, 1), []
    for round_idx in range(rounds + 1):
        ([recognizers_s], _), ((text_stage_s, time_stage_s, extraction_s), cpu_s) = theirs.round(), ours.round()
        share = cpu_s / (text_stage_s + extraction_s)
        if round_idx > 0:
            timed.append((recognizers_s, time_stage_s * share, extraction_s * share, text_stage_s * share, cpu_s))
    theirs.end(), ours.end()

    names = ("Recognizers-Text, dates and times", "rapporteur, stage of time over parsed texts",
             "rapporteur, all of the extraction over parsed texts", "rapporteur, text stage", "rapporteur, text stage and extraction")
    rows = []
    for name, seconds in zip(names, zip(*timed)):
        speeds = [n_words / s for s in seconds]
        rows.append((name, statistics.median(speeds), spread(speeds)))
    report.table("program", [("program", ""), ("words a CPU second", ",.0f"), ("all rounds", ",.0f")], rows)
    report.note(f"{len(timed_on)} texts, {n_words:,} words, one thread each, in turn, median of {rounds} rounds after one that is not counted.")
    rows = []
    for set_name, chosen in sets.items():
        for name, by_text in found:
            scores = score(options.scorer, "time", chosen, [{"id": text["id"], "timex": by_text[text["id"]]} for text in chosen])
            rows.append((f"{set_name}, {len(chosen)}", name, *(scores[key] for key in ("strict_f", "relaxed_f", "value_f"))))
    report.table("set", [("set", ""), ("program", ""), ("same extent F", ".3f"), ("overlapping F", ".3f"), ("value F", ".3f")], rows)


def main():
    if sys.argv[1:2] == ["--worker"]:
        return worker(sys.argv[2])
    parser = flags(__doc__, program=False, example="time_expressions")
    parser.add_argument("data", nargs="?", default=str(DATA), metavar="DATA", help="the evaluation sets")
    parser.add_argument("--words", type=int, default=20_000, metavar="N", help="time on about N words [20000]")
    options = parser.parse_args()

    sets = read_sets(Path(options.data))
    python = options.python or prepare_python("compare-recognizers", PACKAGES)
    binary = example(options, "rapporteur-extract", "time_expressions")
    report = Report(options, f"{sum(map(len, sets.values()))} dated texts, {sum(map(words_of, sets.values())):,} words, of {', '.join(sets)}",
                    versions_of(python, [*PACKAGES, MODEL]))
    with tempfile.TemporaryDirectory(prefix="compare-recognizers") as scratch:
        compare(python, binary, options, sets, Path(scratch), report)
    report.print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
