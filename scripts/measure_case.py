#!/usr/bin/env python3
"""What a case of many articles costs: building it beside the text stage alone, adding ten articles, asking, its size.

Usage: cargo build --release && cargo build --release -p rapporteur-testkit --example drawn && scripts/measure_case.py [ARTICLES]

The articles are drawn by the seeded grammar of the tests, so that they are the same on every machine. The text stage is
`rapporteur parse`, which also writes what it finds. Both run on all cores. Each query is a whole process, median of nine.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
RAPPORTEUR = TARGET / "rapporteur"
SEED = 5
N_ADDED = 10


def drawn(n_articles, seed):
    command = [TARGET / "examples" / "drawn", str(n_articles), str(seed)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def timed(*arguments, fail_code=1):
    start = time.perf_counter()
    done = subprocess.run([RAPPORTEUR, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    seconds = time.perf_counter() - start
    if done.returncode > fail_code:
        sys.exit(f"{arguments}: {done.stderr.decode()}")
    return seconds


def main():
    n_articles = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        pile, more, case = folder / "pile.jsonl", folder / "more.jsonl", folder / "pile.case"
        pile.write_text(drawn(n_articles, SEED))
        more.write_text(drawn(N_ADDED, SEED + 1))
        texts = [json.loads(line)["text"] for line in pile.open()]
        n_words, n_bytes = sum(len(text.split()) for text in texts), sum(len(text.encode()) for text in texts)
        parse = min(timed("parse", pile) for _ in range(2))
        build = timed("read", pile, "--case", case)
        size = case.stat().st_size
        print(f"{n_articles:,} articles, {n_words:,} words, {n_bytes:,} bytes of text")
        print(f"text stage   {parse:6.2f} s  {n_words / parse:10,.0f} words/s")
        print(f"build        {build:6.2f} s  {n_words / build:10,.0f} words/s  {100 * parse / build:.0f} % of the text stage's speed")
        print(f"file         {size:,} bytes, {size / n_bytes:.2f} times the text")
        queries = {
            "brief": [], "who": [], "positions": [], "timeline": [], "tensions": [], "sources": [], "runs": [],
            "search": ["rigorlanal"], "search common word": ["the"], "search phrase": ['"six months"'],
            "search class": ["class:demand"], "search speaker": ["speaker:a"], "timeline of a month": ["--from", "2031-03", "--to", "2031-03"],
        }
        for name, arguments in queries.items():
            command = name.split()[0]
            times = [timed(command, case, *arguments) for _ in range(9)]
            print(f"{name:22} {1000 * statistics.median(times):6.1f} ms, at most {1000 * max(times):.1f}")
        print(f"add {N_ADDED}       {timed('read', more, '--case', case):6.2f} s")
        print(f"check        {timed('check', case):6.2f} s")


if __name__ == "__main__":
    main()
