#!/usr/bin/env python3
"""Relates a pile of articles with this repository's lineage, with rensa and with datasketch, one after the other in one
run and on one thread each, and says how many articles a second each does and which copies it finds; of ours also how often it knows which is the copy.

usage: python3 scripts/compare_reuse.py [PILE] [--rounds N] [--python PATH]

PILE is a file of JSON Lines with `id`, `text` and, for copies, `copy_of` and `kind`, compressed or not, or a number, for a
pile that is drawn by a grammar. Without it ../shared/eval/reuse/injected.jsonl.gz serves where it is there, else 5,000
drawn articles. rensa and datasketch are installed into an environment of their own in the user's cache folder. Needs
Python 3.10, pip and a Rust toolchain.

Both peers make MinHash signatures of 128 permutations over runs of five words and look for pairs with a Jaccard similarity
of .8 by locality-sensitive hashing, as their documentation shows it. Reading the file is not timed on any side; cutting the
text into words is. The two do less: they give pairs, ours gives relation, shares, direction, origins and flaws as well.

Exit code: 0 where it ran, 2 where something did not.
"""
import argparse
import collections
import gzip
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from peers import ROOT, fail, prepare_environment, run_quietly, say

PACKAGES = ["rensa==0.5.0", "datasketch==2.0.0"]
N_PERMUTATIONS, THRESHOLD, RUN_WORDS = 128, 0.8, 5
WORD = re.compile(r"\w+")


# ---- the side of the peers: run by the environment's own interpreter

def runs(text):
    words = WORD.findall(text.lower())
    return [" ".join(words[at:at + RUN_WORDS]) for at in range(max(1, len(words) - RUN_WORDS + 1))]


def with_rensa(rows):
    from rensa import RMinHash, RMinHashLSH
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=N_PERMUTATIONS, num_bands=16)
    pairs = set()
    for number, (_, text) in enumerate(rows):
        signature = RMinHash(num_perm=N_PERMUTATIONS, seed=42)
        signature.update(runs(text))
        for other in index.query(signature):
            pairs.add((other, number))
        index.insert(number, signature)
    return pairs


def with_datasketch(rows):
    from datasketch import MinHash, MinHashLSH
    index = MinHashLSH(threshold=THRESHOLD, num_perm=N_PERMUTATIONS)
    pairs = set()
    for number, (_, text) in enumerate(rows):
        signature = MinHash(num_perm=N_PERMUTATIONS)
        signature.update_batch([run.encode() for run in set(runs(text))])
        for other in index.query(signature):
            pairs.add((other, number))
        index.insert(number, signature)
    return pairs


def worker(peer, path):
    rows = [(row["id"], row["text"]) for row in map(json.loads, open(path, encoding="utf-8"))]
    start = time.perf_counter()
    pairs = {"rensa": with_rensa, "datasketch": with_datasketch}[peer](rows)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "pairs": [[rows[a][0], rows[b][0]] for a, b in sorted(pairs)]}))


# ---- the comparison

def recall(gold, pairs):
    found, wanted = collections.Counter(), collections.Counter()
    for row in gold:
        if row.get("copy_of"):
            wanted[row["kind"]] += 1
            found[row["kind"]] += tuple(sorted((row["id"], row["copy_of"]))) in pairs
    return {kind: found[kind] / n for kind, n in sorted(wanted.items())}


def directions(gold, derived):
    """Of the copies of each kind: how often ours says that the copy is derived, that its source is, or neither."""
    counts = collections.defaultdict(collections.Counter)
    for row in gold:
        pair = tuple(sorted((row["id"], row.get("copy_of") or "")))
        if pair in derived:
            answer = derived[pair]
            counts[row["kind"]]["unknown" if answer is None else "right" if answer == row["id"] else "wrong"] += 1
    return counts


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].removeprefix("usage: "))
    default = ROOT.parent / "shared/eval/reuse/injected.jsonl.gz"
    parser.add_argument("pile", nargs="?", default=str(default) if default.is_file() else "5000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--python")
    arguments = parser.parse_args()
    run_quietly(["cargo", "build", "--release", "--quiet", "-p", "rapporteur-story", "--example", "relate"], cwd=ROOT)
    relate = ROOT / "target/release/examples/relate"
    python = arguments.python or prepare_environment("compare-reuse", PACKAGES)
    one_thread = dict(os.environ, RAYON_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    with tempfile.TemporaryDirectory() as folder:
        path, links = Path(folder) / "pile.jsonl", Path(folder) / "links.jsonl"
        gold = []
        if arguments.pile.isdigit():
            run_quietly([relate, arguments.pile, "--write", path])
        else:
            opened = gzip.open if arguments.pile.endswith(".gz") else open
            gold = [json.loads(line) for line in opened(arguments.pile, "rt", encoding="utf-8")]
            with open(path, "w", encoding="utf-8") as file:
                for row in gold:
                    file.write(json.dumps({"id": row["id"], "text": row["text"]}) + "\n")
        speeds, found = collections.defaultdict(list), {}
        for number in range(arguments.rounds):
            say(f"round {number + 1} of {arguments.rounds}")
            answer = subprocess.run([relate, path, "--links", links], capture_output=True, text=True, env=one_thread)
            if answer.returncode != 0:
                fail(answer.stderr)
            report = json.loads(answer.stdout)
            n_articles = report["n_articles"]
            speeds["rapporteur"].append(report["articles_per_s"])
            rows = [json.loads(line) for line in open(links, encoding="utf-8")]
            derived = {tuple(sorted((r["a"], r["b"]))): r["derived"] for r in rows}
            found["rapporteur"] = {tuple(sorted((r["a"], r["b"]))) for r in rows if r["relation"] != "quote-only"}
            for peer in ("rensa", "datasketch"):
                answer = subprocess.run([python, __file__, "--worker", peer, path], capture_output=True, text=True,
                                        env=one_thread)
                if answer.returncode != 0:
                    fail(answer.stderr)
                report = json.loads(answer.stdout)
                speeds[peer].append(n_articles / report["seconds"])
                found[peer] = {tuple(sorted(pair)) for pair in report["pairs"]}
        print(f"{n_articles:,} articles, one thread, median of {arguments.rounds} rounds")
        for name, figures in speeds.items():
            print(f"{name:12} {statistics.median(figures):10,.0f} articles/s  {len(found[name]):8,} pairs")
        kinds = {name: recall(gold, pairs) for name, pairs in found.items()}
        for kind, counts in sorted(directions(gold, derived).items()):
            print(f"direction {kind:16} right {counts['right']:4} wrong {counts['wrong']:4} unknown {counts['unknown']:4}")
        for kind in next(iter(kinds.values())):
            print(f"recall {kind:16} " + "  ".join(f"{name} {figures[kind]:.3f}" for name, figures in kinds.items()))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        worker(*sys.argv[2:4])
    else:
        main()
