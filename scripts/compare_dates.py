#!/usr/bin/env python3
"""Reads dates of publication from web pages with this repository and with htmldate, on the same pages, and scores both
with the same function.

usage: python3 scripts/compare_dates.py [PAGES] [--split] [--errors N] [--python PATH] [--binary PATH]

PAGES is JSON Lines, gzipped or not, of {id, url, html, date} [../shared/eval/extraction/dates.jsonl.gz]; pages without
a whole date are left out. Htmldate is installed into an environment of its own in the user's cache folder with

    pip install htmldate==1.11.0

and nothing else on the machine is touched. It runs twice: as it is by default, and asked for the date of the first
publication (original_date=True), which is what is compared here. Ours is the example `pages` of rapporteur-source,
which reads the whole article. Needs Python 3.10, pip and a Rust toolchain.

F is that of score.py: a wrong date counts as one found too many and one missed. --split gives the figures for two thirds
of the pages, on which the weights were tuned, and for the rest apart; which is which follows from a hash of the id.
Time is the time inside the programs without reading JSON, on one thread each, one after the other.

Exit code: 0 where it ran, 2 where something did not.
"""
import argparse
import collections
import json
import re
import sys
import tempfile
import time
from pathlib import Path

from peers import build_pages, parts_of, prepare_environment, read_pages, ROOT, run_on_pages, write_asked

PACKAGES = ["htmldate==1.11.0"]


# ---- the side of htmldate: run by the environment's own interpreter

def worker(file, original_date):
    import htmldate
    spent = 0.0
    for line in open(file, encoding="utf-8"):
        page = json.loads(line)
        start = time.perf_counter()
        try:
            date = htmldate.find_date(page["html"], url=page.get("url"), original_date=original_date)
        except Exception:  # some pages are no trees for it
            date = None
        spent += time.perf_counter() - start
        print(json.dumps({"id": page["id"], "date": date}))
    print(f"{spent:.3f}", file=sys.stderr)


# ---- scores

def score(pages, predictions):
    """F, and how many dates are right, wrong and missing."""
    counts = collections.Counter()
    for page in pages:
        date = (predictions.get(page["id"], {}).get("date") or "")[:10]
        counts["right" if date == page["date"] else "wrong" if date else "none"] += 1
    f = 2 * counts["right"] / max(2 * counts["right"] + 2 * counts["wrong"] + counts["none"], 1)
    return f, counts["right"], counts["wrong"], counts["none"]


def main():
    if sys.argv[1:2] == ["--worker"]:
        return worker(sys.argv[2], sys.argv[3] == "original")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="?", metavar="PAGES",
                        default=str(ROOT / "../shared/eval/extraction/dates.jsonl.gz"))
    parser.add_argument("--split", action="store_true", help="figures for tuned and unseen pages apart")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show so many dates that we miss")
    parser.add_argument("--python", metavar="PATH", help="an interpreter that has the packages; nothing is installed")
    parser.add_argument("--binary", metavar="PATH", help="the example pages, built; nothing is built")
    options = parser.parse_args()

    pages = [page for page in read_pages(options.pages) if re.fullmatch(r"\d{4}-\d\d-\d\d", page.get("date") or "")]
    python = options.python or prepare_environment("compare-dates", PACKAGES)
    binary = options.binary or build_pages()
    with tempfile.TemporaryDirectory(prefix="compare-dates") as scratch:
        source = Path(scratch) / "pages.jsonl"
        write_asked(source, pages)
        sides = []
        for mode in ("default", "original"):
            command = [python, str(Path(__file__).resolve()), "--worker", str(source), mode]
            sides.append((f"htmldate, {mode}", *run_on_pages(command)))
        with open(source, encoding="utf-8") as stdin:
            sides.append(("rapporteur", *run_on_pages([binary], stdin)))

    print(f"{'':18}{'':20}{'F':>8}{'right':>8}{'wrong':>8}{'none':>8}{'pages/s':>9}")
    for name, part in parts_of(pages, options.split):
        for side, predictions, seconds in sides:
            f, *counts = score(part, predictions)
            speed = f"{len(pages) / max(seconds, 1e-9):>9.0f}" if part is pages else ""
            print(f"{name:11}{len(part):>5}  {side:20}{f:>8.4f}{''.join(f'{n:>8}' for n in counts)}{speed}")
    ours = sides[-1][1]
    missed = [page for page in pages if (ours.get(page["id"], {}).get("date") or "")[:10] != page["date"]]
    for page in missed[:options.errors]:
        print(f"{page['id']}: {page['date']}, read {ours.get(page['id'], {}).get('date')}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
