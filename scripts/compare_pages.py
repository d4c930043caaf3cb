#!/usr/bin/env python3
"""Reads web pages with this repository and with trafilatura, dates with htmldate, on the same pages, and scores all
three with the same functions.

usage: python3 scripts/compare_pages.py [PAGES] [--split] [--python PATH] [--binary PATH]

PAGES is JSON Lines, gzipped or not, of {id, url, html} with what is right beside: text, title, date, each optional
[../shared/eval/extraction/articles.jsonl.gz]. The other programs are installed into an environment of their own in the
user's cache folder with

    pip install trafilatura==2.3.1 htmldate==1.11.0 lxml_html_clean

and nothing else on the machine is touched. (trafilatura reaches lxml.html.clean, which is a package of its own by now.)
Needs Python 3.10, pip and a Rust toolchain.

Text: precision and recall over runs of four words, the means over all pages, and their F. Titles are compared without
case and white space. --split gives the figures for two thirds of the pages, on which the rules were tuned, and for the
rest apart; which is which follows from a hash of the id. Time is the time inside the programs for the text, without
reading JSON, on one thread each, one after the other.

Exit code: 0 where it ran, 2 where something did not.
"""
import argparse
import ast
import collections
import json
import re
import sys
import tempfile
import time
from pathlib import Path

from peers import build_pages, parts_of, prepare_environment, read_pages, ROOT, run_on_pages, write_asked

PACKAGES = ["trafilatura==2.3.1", "htmldate==1.11.0", "lxml_html_clean"]


# ---- the side of trafilatura and htmldate: run by the environment's own interpreter

def worker(file):
    import htmldate
    import trafilatura
    spent = 0.0
    for line in open(file, encoding="utf-8"):
        page = json.loads(line)
        start = time.perf_counter()
        found = trafilatura.bare_extraction(page["html"], url=page.get("url"), with_metadata=True)
        spent += time.perf_counter() - start
        found = found.as_dict() if hasattr(found, "as_dict") else found or {}
        try:
            date = htmldate.find_date(page["html"], url=page.get("url"), original_date=True)
        except Exception:  # some pages are no trees for it
            date = None
        print(json.dumps({"id": page["id"], "text": found.get("text"), "title": found.get("title"), "date": date}))
    print(f"{spent:.3f}", file=sys.stderr)


# ---- scores

def scorer(folder):
    """The scorer is a program, so that only its definitions are run."""
    tree = ast.parse((folder / "score.py").read_text(encoding="utf-8"))
    wanted = {"shingles", "plain", "WORD"}

    def names(node):
        targets = node.targets if isinstance(node, ast.Assign) else []
        return {node.name} if isinstance(node, ast.FunctionDef) else {t.id for t in targets if isinstance(t, ast.Name)}

    tree.body = [node for node in tree.body if names(node) & wanted]
    scope = {"re": re, "collections": collections}
    exec(compile(tree, "score.py", "exec"), scope)
    return scope["shingles"], scope["plain"]


def score(pages, predictions, shingles, plain):
    precisions, recalls, titles, dates = [], [], [], collections.Counter()
    for page in pages:
        predicted = predictions.get(page["id"], {})
        if page.get("text"):
            gold, found = shingles(page["text"]), shingles(predicted.get("text"))
            n_both = sum((gold & found).values())
            precisions.append(n_both / sum(found.values()) if found else 0.0)
            recalls.append(n_both / sum(gold.values()) if gold else 1.0)
        if page.get("title"):
            titles.append(plain(predicted.get("title")) == plain(page["title"]))
        if re.fullmatch(r"\d{4}-\d\d-\d\d", page.get("date") or ""):
            date = (predicted.get("date") or "")[:10]
            dates["ok" if date == page["date"] else "wrong" if date else "none"] += 1
    mean = lambda values: sum(values) / len(values) if values else 0.0
    p, r = mean(precisions), mean(recalls)
    date_f = 2 * dates["ok"] / max(2 * dates["ok"] + 2 * dates["wrong"] + dates["none"], 1)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0, mean(titles), date_f


def main():
    if sys.argv[1:2] == ["--worker"]:
        return worker(sys.argv[2])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="?", metavar="PAGES",
                        default=str(ROOT / "../shared/eval/extraction/articles.jsonl.gz"))
    parser.add_argument("--split", action="store_true", help="figures for tuned and unseen pages apart")
    parser.add_argument("--python", metavar="PATH", help="an interpreter that has the packages; nothing is installed")
    parser.add_argument("--binary", metavar="PATH", help="the example pages, built; nothing is built")
    options = parser.parse_args()

    pages = read_pages(options.pages)
    shingles, plain = scorer(ROOT / "../shared/eval")
    python = options.python or prepare_environment("compare-pages", PACKAGES)
    binary = options.binary or build_pages()
    with tempfile.TemporaryDirectory(prefix="compare-pages") as scratch:
        source = Path(scratch) / "pages.jsonl"
        write_asked(source, pages)
        theirs, their_s = run_on_pages([python, str(Path(__file__).resolve()), "--worker", str(source)])
        with open(source, encoding="utf-8") as stdin:
            ours, our_s = run_on_pages([binary], stdin)

    print(f"{'':12}{'':8}{'':24}{'text P':>8}{'text R':>8}{'text F':>8}{'titles':>8}{'date F':>8}{'pages/s':>9}")
    for name, part in parts_of(pages, options.split):
        for side, predictions, seconds in (("trafilatura, htmldate", theirs, their_s), ("rapporteur", ours, our_s)):
            figures = "".join(f"{x:>8.4f}" for x in score(part, predictions, shingles, plain))
            speed = f"{len(pages) / seconds:>9.0f}" if part is pages else ""
            print(f"{name:12}{len(part):>6}  {side:24}{figures}{speed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
