#!/usr/bin/env python3
"""Reads dates of publication from web pages with this repository and with htmldate, on the same pages, and scores both.

usage: python3 scripts/compare_dates.py [PAGES] [--split] [--errors N] [--rounds N] [--json]

PAGES is JSON Lines, gzipped or not, of {id, url, html, date} [../shared/eval/extraction/dates.jsonl.gz]; pages without
a whole date are left out. Htmldate is installed into an environment of its own in the user's cache folder, in the version of
scripts/compare_requirements.txt, and nothing else on the machine is touched. It runs twice: as it is by default, and asked for the
date of the first publication (original_date=True), which is what is compared here. Ours is the example `pages` of
rapporteur-source, which reads the whole article. Needs Python 3.11, pip and a Rust toolchain.

F is that of the scorer: a wrong date counts as one found too many and one missed. --split gives the figures for two thirds
of the pages, on which the weights were tuned, and for the rest apart; which is which follows from a hash of the id.
Time is CPU time on one thread each, in turn: htmldate's inside the program without start-up and JSON, ours that of the whole process.

Exit code: 0 where it ran, 2 where something did not.
"""
import collections
import json
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from peers import (DATA, Measured, Report, example, flags, parts_of, prepare_environment, read_rows, say, score, versions_of,
                   write_asked)

PACKAGES = ["htmldate"]


# ---- the side of htmldate: run by the environment's own interpreter

def worker(file, original_date):
    import htmldate
    spent = 0.0
    for line in open(file, encoding="utf-8"):
        page = json.loads(line)
        start = time.process_time()
        try:
            date = htmldate.find_date(page["html"], url=page.get("url"), original_date=original_date)
        except Exception:  # some pages are no trees for it
            date = None
        spent += time.process_time() - start
        print(json.dumps({"id": page["id"], "date": date}))
    print(spent, file=sys.stderr)


# ---- scores

def counts_of(pages, predictions):
    """How many dates are right, wrong and missing."""
    counts = collections.Counter()
    for page in pages:
        date = (predictions.get(page["id"], {}).get("date") or "")[:10]
        counts["right" if date == page["date"] else "wrong" if date else "none"] += 1
    return counts["right"], counts["wrong"], counts["none"]


def main():
    if sys.argv[1:2] == ["--worker"]:
        return worker(sys.argv[2], sys.argv[3] == "original")
    parser = flags(__doc__, program=False, example="pages")
    parser.add_argument("pages", nargs="?", metavar="PAGES", default=str(DATA / "extraction/dates.jsonl.gz"))
    parser.add_argument("--split", action="store_true", help="figures for tuned and unseen pages apart")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show so many dates that we miss")
    options = parser.parse_args()

    pages = [page for page in read_rows(options.pages) if re.fullmatch(r"\d{4}-\d\d-\d\d", page.get("date") or "")]
    python = options.python or prepare_environment("compare-dates", PACKAGES)
    binary = example(options, "rapporteur-source", "pages")
    report = Report(options, f"{len(pages)} pages of {Path(options.pages).name}", versions_of(python, PACKAGES))
    names = {"default": "htmldate as it comes", "original": "htmldate with original_date=True", "ours": "rapporteur"}
    found, seconds = {}, collections.defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="compare-dates") as scratch:
        source = Path(scratch) / "pages.jsonl"
        write_asked(source, pages)
        for round_idx in range(max(options.rounds, 1)):
            say(f"round {round_idx + 1} of {max(options.rounds, 1)}")
            for side in names:
                if side == "ours":
                    with open(source, encoding="utf-8") as stdin:
                        run = Measured([binary], stdin)
                    seconds[side].append(run.cpu_s)
                else:
                    run = Measured([python, str(Path(__file__).resolve()), "--worker", str(source), side])
                    seconds[side].append(float(run.stderr.split()[-1]))
                found[side] = {row["id"]: row for row in run.rows()}

    rows = []
    for part, chosen in parts_of(pages, options.split):
        for side, name in names.items():
            f = score(options.scorer, "extraction", chosen, [*found[side].values()])["date_f"]
            speed = len(pages) / statistics.median(seconds[side]) if chosen is pages else None
            rows.append((f"{part}, {len(chosen)}", name, f, *counts_of(chosen, found[side]), speed))
    report.table("pages", [("pages", ""), ("program", ""), ("F", ".3f"), ("right", "d"), ("wrong", "d"), ("none", "d"),
                           ("pages a CPU second", ",.0f")], rows)
    report.print()
    missed = [page for page in pages if (found["ours"].get(page["id"], {}).get("date") or "")[:10] != page["date"]]
    for page in missed[:options.errors]:
        say(f"{page['id']}: {page['date']}, read {found['ours'].get(page['id'], {}).get('date')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
