#!/usr/bin/env python3
"""Times this repository's expressions of time and those of Microsoft's Recognizers-Text on the same dated texts, one
thread each, in turn, and scores both with the same functions.

usage: python3 scripts/compare_recognizers.py [DATA] [--words N] [--rounds N] [--python PATH] [--binary PATH]

DATA is a folder of evaluation sets [../shared/eval]: time/*.jsonl.gz are the texts, score.py the scorer. The packages
of Recognizers-Text and the language model are installed into an environment of their own in the user's cache folder;
nothing else on the machine is touched. Needs Python 3.10 or 3.11, pip and a Rust toolchain.

Recognizers-Text gets each text with its date as the reference, and gives spans, types and values by patterns alone. It
is the Python port; the .NET one is not measured. Ours needs the parse, so that three figures are given: the stage of
time expressions over texts that are parsed, the whole extraction over the same, and the text stage. A first round of
each is not counted; then they take turns. Time is wall-clock time inside each process.

A value of Recognizers-Text is its TIMEX; where that leaves the year or the week open, the first date that it resolves
to, which lies behind.

Exit code: 0 where it ran, 2 where something did not.
"""
import argparse
import ast
import datetime
import gzip
import json
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from compare_textacy import Side, build
from peers import ROOT, fail, model_folder, prepare_python

# recognizers-text asks for any emoji and needs one before 2.
PACKAGES = ["recognizers-text-suite==1.0.2a2", "emoji==1.7.0"]


# ---- the side of Recognizers-Text: run by the environment's own interpreter

def worker(file):
    """Reads the texts; says what is found in them; then answers each line on stdin with one timed round."""
    from recognizers_date_time import Culture, DateTimeRecognizer
    model = DateTimeRecognizer(Culture.English).get_datetime_model()
    texts = [json.loads(line) for line in open(file, encoding="utf-8")]
    dated = [(text["id"], text["text"], datetime.datetime.fromisoformat(text["dct"])) for text in texts]

    def value(result):
        values = (result.resolution or {}).get("values") or [{}]
        timex = values[0].get("timex") or ""
        return (values[0].get("value") or values[0].get("start") or timex) if timex.startswith("XXXX") else timex

    # The end of a result is its last character.
    found = {name: [{"start": result.start, "end": result.end + 1, "value": value(result)}
                    for result in model.parse(text, date)] for name, text, date in dated}
    print(json.dumps(found), flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        for _, text, date in dated:
            model.parse(text, date)
        print(time.perf_counter() - start, flush=True)


# ---- texts and scores

def read_sets(folder, n_words):
    """The texts with a date of each set, by the set's name, until they hold `n_words` words."""
    sets, n = {}, 0
    for file in sorted((folder / "time").glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            texts = [json.loads(line) for line in lines]
        chosen = sets.setdefault(file.name.split(".")[0], [])
        for text in texts:
            if n < n_words and re.fullmatch(r"\d{4}-\d\d-\d\d", text.get("dct") or ""):
                chosen.append(text)
                n += len(text["text"].split())
    if n == 0:
        fail(f"there are no dated texts in {folder / 'time'}")
    return sets, n


def scorer(folder):
    """`score_time` of the scorer, with what it calls: the file is a program, so that only these definitions are run."""
    wanted = {"prf", "span", "value", "score_time"}
    tree = ast.parse((folder / "score.py").read_text(encoding="utf-8"))
    tree.body = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in wanted]
    scope = {"re": re}
    exec(compile(tree, "score.py", "exec"), scope)
    return lambda pairs: scope["score_time"](pairs, lambda *_: None)


# ---- running

def compare(python, binary, folder, sets, n_words, rounds, scratch):
    file = scratch / "texts.jsonl"
    lines = [json.dumps({name: text[name] for name in ("id", "dct", "text")}) for texts in sets.values() for text in texts]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    theirs = Side([python, str(Path(__file__).resolve()), "--worker", str(file)])
    ours = Side([binary, model_folder(python), str(file)])
    found = [("Recognizers-Text", json.loads(theirs.answer())), ("rapporteur", json.loads(ours.answer()))]
    timed = []
    for round_idx in range(rounds + 1):
        [recognizers_s], [text_stage_s, time_stage_s, extraction_s] = theirs.round(), ours.round()
        if round_idx > 0:
            timed.append((recognizers_s, time_stage_s, extraction_s, text_stage_s, text_stage_s + extraction_s))
    theirs.end(), ours.end()

    names = ("Recognizers-Text, dates and times", "rapporteur, stage of time", "rapporteur, all of the extraction",
             "rapporteur, text stage", "rapporteur, text stage and extraction")
    print(f"{'':40}{'words a second':>16}  {'of all rounds':<24}")
    medians = []
    for name, seconds in zip(names, zip(*timed)):
        speeds = [n_words / s for s in seconds]
        medians.append(statistics.median(speeds))
        print(f"{name:40}{medians[-1]:>16,.0f}  {min(speeds):,.0f}–{max(speeds):,.0f}")
    print(f"ours is {medians[1] / medians[0]:,.0f} × as fast over parsed texts, {medians[4] / medians[0]:,.1f} × with "
          f"everything that we do, and text stage and extraction take {medians[3] / medians[4]:.2f} × the text stage\n")
    score = scorer(folder)
    print(f"{'':24}{'':20}{'same extent F':>14}{'overlapping F':>14}{'value F':>9}")
    for set_name, texts in sets.items():
        for name, by_text in found:
            scores = score([(text["id"], text["timex"], by_text[text["id"]]) for text in texts])
            print(f"{set_name + f', {len(texts)} texts':24}{name:20}" + "".join(f"{x:>{w}.3f}" for x, w in zip(scores, (14, 14, 9))))


def main():
    if sys.argv[1:2] == ["--worker"]:
        return worker(sys.argv[2])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", default=str(ROOT / "../shared/eval"), metavar="DATA", help="the evaluation sets")
    parser.add_argument("--words", type=int, default=1_000_000, metavar="N", help="run on about N words [all]")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="time each side N times [3]")
    parser.add_argument("--python", metavar="PATH", help="an interpreter that has the packages and the model; nothing is installed")
    parser.add_argument("--binary", metavar="PATH", help="a time_expressions to run; nothing is built")
    options = parser.parse_args()

    folder = Path(options.data)
    sets, n_words = read_sets(folder, options.words)
    python = options.python or prepare_python("compare-recognizers", PACKAGES)
    binary = options.binary or build("time_expressions")
    print(f"{sum(map(len, sets.values()))} texts, {n_words:,} words, of {', '.join(sets)}")
    with tempfile.TemporaryDirectory(prefix="compare-recognizers") as scratch:
        compare(python, binary, folder, sets, n_words, max(options.rounds, 1), Path(scratch))
    return 0


if __name__ == "__main__":
    sys.exit(main())
