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
import gzip
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from peers import ROOT, fail, prepare_environment

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


def is_held_out(page):
    return int(hashlib.sha256(page["id"].encode()).hexdigest(), 16) % 3 == 0


# ---- running

def run(command, stdin=None):
    done = subprocess.run(command, stdin=stdin, capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 0:
        fail(f"this failed: {' '.join(command)}\n{done.stderr}")
    predictions = {line["id"]: line for line in map(json.loads, done.stdout.splitlines())}
    return predictions, float(re.findall(r"[\d.]+", done.stderr.strip().splitlines()[-1])[-1])


def build():
    subprocess.run(["cargo", "build", "--quiet", "--release", "-p", "rapporteur-source", "--example", "pages"],
                   cwd=ROOT, check=True)
    return str(ROOT / "target/release/examples/pages")


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

    file = Path(options.pages)
    opened = gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else open(file, encoding="utf-8")
    with opened as lines:
        pages = [page for page in map(json.loads, lines) if re.fullmatch(r"\d{4}-\d\d-\d\d", page.get("date") or "")]
    python = options.python or prepare_environment("compare-dates", PACKAGES)
    binary = options.binary or build()
    with tempfile.TemporaryDirectory(prefix="compare-dates") as scratch:
        source = Path(scratch) / "pages.jsonl"
        asked = [{"id": page["id"], "url": page.get("url"), "html": page["html"]} for page in pages]
        source.write_text("".join(json.dumps(page) + "\n" for page in asked), encoding="utf-8")
        sides = []
        for mode in ("default", "original"):
            command = [python, str(Path(__file__).resolve()), "--worker", str(source), mode]
            sides.append((f"htmldate, {mode}", *run(command)))
        with open(source, encoding="utf-8") as stdin:
            sides.append(("rapporteur", *run([binary], stdin)))

    parts = [("all pages", pages)]
    if options.split:
        parts += [("tuned on", [p for p in pages if not is_held_out(p)]), ("unseen", [p for p in pages if is_held_out(p)])]
    print(f"{'':18}{'':20}{'F':>8}{'right':>8}{'wrong':>8}{'none':>8}{'pages/s':>9}")
    for name, part in parts:
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
