#!/usr/bin/env python3
"""Counts the verdicts of docs/precision and prints the tables of docs/PRECISION.md in Markdown.

    python3 scripts/precision.py [FOLDER]

Each sheet has a row a record with the columns `verdict` (right, partly, wrong) and `fault`. Intervals are those of Wilson,
95 percent. Needs no packages.
"""

import argparse
import collections
import csv
import math
import pathlib
import sys

VERDICTS = ("right", "partly", "wrong")


def wilson(n_hits: int, n: int) -> tuple[float, float]:
    """The interval in which the share lies in 95 of 100 samples."""
    z, share = 1.96, n_hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def sheet(path: pathlib.Path) -> list[dict[str, str]]:
    """The rows of a sheet; ends the program where one has no verdict."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, row in enumerate(rows, start=2):
        if row.get("verdict") not in VERDICTS:
            sys.exit(f"error: {path}:{number}: no verdict\nhint: write right, partly or wrong into the column `verdict`")
    return rows


def main() -> None:
    """Prints both tables."""
    here = pathlib.Path(__file__).resolve().parent.parent / "docs" / "precision"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=here)
    paths = sorted(path for path in parser.parse_args().folder.glob("*.tsv") if path.name != "sources.tsv")
    if not paths:
        sys.exit("error: no sheets\nhint: name the folder with LAYER.tsv files, docs/precision")
    sheets = {path.stem: sheet(path) for path in paths}
    print("| layer | records | right | partly | wrong | all right | 95 % | there at all |")
    print("|---|---|---|---|---|---|---|---|")
    for layer, rows in sheets.items():
        counts = collections.Counter(row["verdict"] for row in rows)
        n, (low, high) = len(rows), wilson(counts["right"], len(rows))
        numbers = " | ".join(str(counts[verdict]) for verdict in VERDICTS)
        there = (n - counts["wrong"]) / n
        print(f"| {layer} | {n} | {numbers} | {counts['right'] / n:.1%} | {low:.0%}–{high:.0%} | {there:.1%} |")
    print("\n| layer | faults |")
    print("|---|---|")
    for layer, rows in sheets.items():
        faults = collections.Counter(f"{row['fault']} ({row['verdict']})" for row in rows if row["fault"])
        print(f"| {layer} | {', '.join(f'{fault} {n}' for fault, n in faults.most_common())} |")


if __name__ == "__main__":
    main()
