#!/usr/bin/env python3
"""Relates a pile of articles with this repository's lineage, with rensa, with datasketch and with a baseline in the style of passim,
in turn and on one thread each, and says how many articles a second each does and which copies it finds; of ours also how often
it knows which is the copy.

usage: python3 scripts/compare_reuse.py [PILE] [--rounds N] [--json]

PILE is a file of JSON Lines with `id`, `text` and, for copies, `copy_of`, `kind` and `host`, compressed or not, or a number, for a
pile that is drawn by a grammar (speeds alone). Without it ../shared/eval/reuse/injected.jsonl.gz serves where it is there, else 5,000
drawn articles. rensa and datasketch are installed into an environment of their own in the user's cache folder, in the versions of
scripts/compare_requirements.txt. Needs Python 3.11, pip and a Rust toolchain.

MinHash: signatures of 128 permutations over runs of five words, and pairs that locality-sensitive hashing proposes for a
Jaccard similarity of .8, as the documentation of both shows it. That is made for near-duplicates; so both also
run at .2, and datasketch's LSH Ensemble, which is made for containment, at a containment of .2.

passim's way: the program needs Spark and is in no package index, so that its rule is written anew below, after
PassimApp.scala of github.com/dasmiq/passim with its default parameters: runs of five words that stand once in each of two
articles and in at most 100; pairs with at least five of them in the same order; passages parted at gaps of 100 words, of at least 20
words on both sides. Left out is the alignment by letters that lengthens passages at their edges, so that
passim itself may find a little more. The speed of this baseline is that of some lines of Python, and tells nothing of passim's.

Time is CPU time: of the others that of cutting into words and relating, without start-up and reading the file; ours is that of
the whole process. The others do less: they give pairs (passim passages); ours gives relation, shares, direction, origins and flaws as well.
False links are those of the scorer: pairs with an injected copy that share none of its texts by construction, with less than 3 %
(unexplained) and 3 to 10 % (weak) of their runs of five words in common.

Exit code: 0 where it ran, 2 where something did not.
"""
import bisect
import collections
import itertools
import json
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from peers import DATA, Measured, Report, example, flags, prepare_environment, read_rows, run_quietly, say, score, spread, versions_of, write_rows

PACKAGES = ["rensa", "datasketch"]
N_PERMUTATIONS, RUN_WORDS = 128, 5
# passim's --max-series, --min-match, --gap and --min-align.
MAX_ARTICLES, MIN_MATCH, GAP, MIN_ALIGN = 100, 5, 100, 20
WORD = re.compile(r"\w+")


# ---- the side of the peers: run by the environment's own interpreter

def runs(text):
    words = WORD.findall(text.lower())
    return [" ".join(words[at:at + RUN_WORDS]) for at in range(max(1, len(words) - RUN_WORDS + 1))]


def with_rensa(texts, threshold, n_bands):
    from rensa import RMinHash, RMinHashLSH
    index = RMinHashLSH(threshold=threshold, num_perm=N_PERMUTATIONS, num_bands=n_bands)
    pairs = set()
    for number, text in enumerate(texts):
        signature = RMinHash(num_perm=N_PERMUTATIONS, seed=42)
        signature.update(runs(text))
        pairs.update((other, number) for other in index.query(signature))
        index.insert(number, signature)
    return pairs


def datasketch_signature(text):
    from datasketch import MinHash
    signature, distinct = MinHash(num_perm=N_PERMUTATIONS), set(runs(text))
    signature.update_batch([run.encode() for run in distinct])
    return signature, len(distinct)


def with_datasketch(texts, threshold):
    from datasketch import MinHashLSH
    index = MinHashLSH(threshold=threshold, num_perm=N_PERMUTATIONS)
    pairs = set()
    for number, text in enumerate(texts):
        signature, _ = datasketch_signature(text)
        pairs.update((other, number) for other in index.query(signature))
        index.insert(number, signature)
    return pairs


def with_ensemble(texts, threshold):
    from datasketch import MinHashLSHEnsemble
    index = MinHashLSHEnsemble(threshold=threshold, num_perm=N_PERMUTATIONS, num_part=32)
    signatures = [(number, *datasketch_signature(text)) for number, text in enumerate(texts)]
    index.index(signatures)
    return {(min(number, other), max(number, other)) for number, signature, size in signatures
            for other in index.query(signature, size) if other != number}


def increasing(matches):
    """The longest row of matches that rises on both sides."""
    lasts, ends, before = [], [], []
    for idx, (_, at) in enumerate(matches):
        length = bisect.bisect_left(lasts, at)
        lasts[length:length + 1], ends[length:length + 1] = [at], [idx]
        before.append(ends[length - 1] if length else None)
    chain, idx = [], ends[-1]
    while idx is not None:
        chain.append(matches[idx])
        idx = before[idx]
    return chain[::-1]


def has_passage(chain):
    """Whether a stretch of the chain without a gap is long enough on both sides."""
    start = 0
    for idx in range(1, len(chain) + 1):
        if idx == len(chain) or any(chain[idx][side] - chain[idx - 1][side] > GAP for side in (0, 1)):
            lengths = [chain[idx - 1][side] - chain[start][side] + RUN_WORDS for side in (0, 1)]
            if idx - start > 1 and min(lengths) >= MIN_ALIGN:
                return True
            start = idx
    return False


def in_passims_way(texts):
    places = collections.defaultdict(list)
    for number, text in enumerate(texts):
        text_runs = runs(text)
        counts = collections.Counter(text_runs)
        for at, run in enumerate(text_runs):
            if counts[run] == 1:
                places[run].append((number, at))
    shared = collections.defaultdict(list)
    for of_run in places.values():
        if 2 <= len(of_run) <= MAX_ARTICLES:
            for (a, at_a), (b, at_b) in itertools.combinations(of_run, 2):
                shared[a, b].append((at_a, at_b))
    pairs = set()
    for pair, matches in shared.items():
        if len(matches) >= MIN_MATCH:
            chain = increasing(sorted(matches))
            if len(chain) >= MIN_MATCH and has_passage(chain):
                pairs.add(pair)
    return pairs


PEERS = {
    "rensa, Jaccard .8": lambda texts: with_rensa(texts, 0.8, 16),
    "rensa, Jaccard .2": lambda texts: with_rensa(texts, 0.2, 64),
    "datasketch, Jaccard .8": lambda texts: with_datasketch(texts, 0.8),
    "datasketch, Jaccard .2": lambda texts: with_datasketch(texts, 0.2),
    "datasketch, containment .2": lambda texts: with_ensemble(texts, 0.2),
    "passim's way, in Python": in_passims_way,
}


def worker(peer, path):
    rows = [json.loads(line) for line in open(path, encoding="utf-8")]
    start = time.process_time()
    pairs = PEERS[peer]([row["text"] for row in rows])
    seconds = time.process_time() - start
    print(json.dumps({"seconds": seconds, "pairs": [[rows[a]["id"], rows[b]["id"]] for a, b in sorted(pairs)]}))


# ---- the comparison

def directions(gold, derived):
    """Of the copies of each kind: how often ours says that the copy is derived, that its source is, or neither."""
    counts = collections.defaultdict(collections.Counter)
    for row in gold:
        pair = tuple(sorted((row["id"], row.get("copy_of") or "")))
        if row.get("copy_of") and pair in derived:
            answer = derived[pair]
            counts[row["kind"]]["unknown" if answer is None else "right" if answer == row["id"] else "wrong"] += 1
    return counts


def report_quality(options, gold, found, links, report):
    scores = {name: score(options.scorer, "reuse", gold, rows) for name, rows in found.items()}
    kinds = collections.Counter(row["kind"] for row in gold if row.get("copy_of"))
    of = directions(gold, {tuple(sorted((row["a"], row["b"]))): row["derived"] for row in links})
    order = [kind for kind in ("verbatim_boiler", "shuffle", "truncate40", "truncate20", "spin30", "spin60", "spin60_shuffle", "spin100", "embed3")
             if kind in kinds] + [kind for kind in sorted(kinds) if f"recall_{kind}" not in scores["rapporteur"]]
    columns = [("recall of copies", "")] + [(name, ".3f") for name in found] + [("our direction: right, wrong, unknown", "")]
    rows = [(f"{kind}, {kinds[kind]}", *(by[f"recall_{kind}"] for by in scores.values()),
             ", ".join(str(of[kind][answer]) for answer in ("right", "wrong", "unknown"))) for kind in order]
    report.table("recall of copies", columns, rows)
    columns = [("links between articles that have nothing in common by construction", "")] + [(name, ",.0f") for name in found]
    report.table(columns[0][0], columns, [(name, *(by[key] for by in scores.values())) for name, key in
                                          (("unexplained", "false_unexplained"), ("weak", "false_weak"), ("with 10 % or more in common", "false_ok"))])


def main():
    if sys.argv[1:2] == ["--worker"]:
        return worker(*sys.argv[2:4])
    parser = flags(__doc__, program=False, example="relate")
    default = DATA / "reuse/injected.jsonl.gz"
    parser.add_argument("pile", nargs="?", metavar="PILE", default=str(default) if default.is_file() else "5000")
    options = parser.parse_args()

    relate = example(options, "rapporteur-story", "relate")
    python = options.python or prepare_environment("compare-reuse", PACKAGES)
    seconds, found, gold, rounds = collections.defaultdict(list), {}, [], max(options.rounds, 1)
    with tempfile.TemporaryDirectory(prefix="compare-reuse") as folder:
        path, links_path = Path(folder) / "pile.jsonl", Path(folder) / "links.jsonl"
        if options.pile.isdigit():
            run_quietly([relate, options.pile, "--write", str(path)])
        else:
            gold = read_rows(options.pile)
            write_rows(path, [{"id": row["id"], "text": row["text"]} for row in gold])
        n_articles = sum(1 for _ in open(path, encoding="utf-8"))
        data = f"{n_articles:,} articles " + ("drawn by a grammar" if not gold else
                                              f"of {Path(options.pile).name}, {sum(bool(row.get('copy_of')) for row in gold)} of them copies")
        report = Report(options, data, versions_of(python, PACKAGES))
        for round_idx in range(rounds):
            say(f"round {round_idx + 1} of {rounds}")
            run = Measured([relate, str(path), "--links", str(links_path)])
            seconds["rapporteur"].append(run.cpu_s)
            links = read_rows(links_path)
            found["rapporteur"] = links
            for peer in PEERS:
                answer = Measured([python, str(Path(__file__).resolve()), "--worker", peer, str(path)]).rows()[0]
                seconds[peer].append(answer["seconds"])
                found[peer] = [{"a": a, "b": b, "relation": "verbatim"} for a, b in answer["pairs"]]
    rows = []
    for name, of_rounds in seconds.items():
        speeds = [n_articles / s for s in of_rounds]
        n_pairs = sum(row["relation"] != "quote-only" for row in found[name])
        rows.append((name, statistics.median(speeds), spread(speeds), n_pairs))
    report.table("program", [("program", ""), ("articles a CPU second", ",.0f"), ("all rounds", ",.0f"), ("pairs", ",d")], rows)
    report.note(f"One thread each, in turn, median of {rounds} rounds.")
    if gold:
        report_quality(options, gold, found, links, report)
    report.print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
