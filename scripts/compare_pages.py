#!/usr/bin/env python3
"""Reads web pages with this repository, with trafilatura (dates with htmldate) and with newspaper4k, on the same pages, and
scores all of them with the same scorer.

usage: python3 scripts/compare_pages.py [PAGES] [--split] [--rounds N] [--json]

PAGES is JSON Lines, gzipped or not, of {id, url, html} with what is right beside: text, title, date, each optional
[../shared/eval/extraction/articles.jsonl.gz]. The other programs are installed into environments of their own in the
user's cache folder, in the versions of scripts/compare_requirements.txt, and nothing else on the machine is touched.
(trafilatura reaches lxml.html.clean, which is a package of its own by now.) Needs Python 3.11, pip and a Rust toolchain.

trafilatura is called as `bare_extraction(html, url=…, with_metadata=True)`, with and without favor_recall; newspaper4k as
`Article(url).download(input_html=html)` and `parse()`, without fetching pictures, in English as it comes. No
page is fetched.

Text: precision and recall over runs of four words, the means over all pages, and their F. Titles are compared without
case and white space. --split gives the figures for two thirds of the pages, on which our rules were tuned, and for the
rest apart; which is which follows from a hash of the id. Time is CPU time on one thread each, in turn: that of the others inside the
programs for reading a page, with title and date as they read them, without start-up and JSON; ours that of the whole process.

Exit code: 0 where it ran, 2 where something did not.
"""
import collections
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from peers import (DATA, Measured, Report, example, flags, parts_of, prepare_environment, read_rows, say, score, versions_of,
                   write_asked)

# Each in an environment of its own: pip cannot resolve what they ask of lxml together.
PACKAGES = {"trafilatura": ["trafilatura", "htmldate", "lxml_html_clean"], "newspaper4k": ["newspaper4k", "lxml_html_clean"]}


# ---- the side of the others: run by the environment's own interpreter

def with_trafilatura(page, **settings):
    import trafilatura
    found = trafilatura.bare_extraction(page["html"], url=page.get("url"), with_metadata=True, **settings)
    found = found.as_dict() if hasattr(found, "as_dict") else found or {}
    return {"text": found.get("text"), "title": found.get("title")}


def with_newspaper(page):
    import newspaper
    article = newspaper.Article(page.get("url") or "https://example.org/", fetch_images=False)
    article.download(input_html=page["html"])
    article.parse()
    date = article.publish_date
    return {"text": article.text, "title": article.title, "date": date.date().isoformat() if hasattr(date, "date") else None}


def date_of(page):
    import htmldate
    try:
        return htmldate.find_date(page["html"], url=page.get("url"), original_date=True)
    except Exception:  # some pages are no trees for it
        return None


PEERS = {
    "trafilatura; dates by htmldate": with_trafilatura,
    "trafilatura with favor_recall": lambda page: with_trafilatura(page, favor_recall=True),
    "newspaper4k": with_newspaper,
}


def worker(file, peer):
    import logging
    logging.disable(logging.CRITICAL)
    spent, n_failed = 0.0, 0
    for line in open(file, encoding="utf-8"):
        page = json.loads(line)
        start = time.process_time()
        try:
            found = PEERS[peer](page)
        except Exception:
            found, n_failed = {}, n_failed + 1
        spent += time.process_time() - start
        if "htmldate" in peer:
            found["date"] = date_of(page)
        print(json.dumps({"id": page["id"], **found}))
    print(n_failed, spent, file=sys.stderr)


def main():
    if sys.argv[1:2] == ["--worker"]:
        return worker(*sys.argv[2:4])
    parser = flags(__doc__, program=False, example="pages")
    parser.add_argument("pages", nargs="?", metavar="PAGES", default=str(DATA / "extraction/articles.jsonl.gz"))
    parser.add_argument("--split", action="store_true", help="figures for tuned and unseen pages apart")
    options = parser.parse_args()

    pages = read_rows(options.pages)
    pythons = {name: options.python or prepare_environment(f"compare-pages-{name}", packages) for name, packages in PACKAGES.items()}
    python_of = {peer: pythons["newspaper4k" if peer == "newspaper4k" else "trafilatura"] for peer in PEERS}
    binary = example(options, "rapporteur-source", "pages")
    versions = [version for name, packages in PACKAGES.items() for version in versions_of(pythons[name], packages)]
    report = Report(options, f"{len(pages)} pages of {Path(options.pages).name}", [*dict.fromkeys(versions)])
    found, seconds, failures = {}, collections.defaultdict(list), {}
    with tempfile.TemporaryDirectory(prefix="compare-pages") as scratch:
        source = Path(scratch) / "pages.jsonl"
        write_asked(source, pages)
        for round_idx in range(max(options.rounds, 1)):
            say(f"round {round_idx + 1} of {max(options.rounds, 1)}")
            for peer in PEERS:
                run = Measured([python_of[peer], str(Path(__file__).resolve()), "--worker", str(source), peer])
                failures[peer], spent = run.stderr.split()[-2:]
                seconds[peer].append(float(spent))
                found[peer] = run.rows()
            with open(source, encoding="utf-8") as stdin:
                run = Measured([binary], stdin)
            seconds["rapporteur"].append(run.cpu_s)
            found["rapporteur"] = run.rows()

    rows = []
    for part, chosen in parts_of(pages, options.split):
        for name, predictions in found.items():
            scores = score(options.scorer, "extraction", chosen, predictions)
            has_date = any("date" in row for row in predictions)
            speed = len(pages) / statistics.median(seconds[name]) if chosen is pages else None
            rows.append((f"{part}, {len(chosen)}", name, scores["text_p"], scores["text_r"], scores["text_f"], scores["title_accuracy"],
                         scores["date_f"] if has_date else None, speed))
    report.table("pages", [("pages", ""), ("program", ""), ("text P", ".3f"), ("text R", ".3f"), ("text F", ".3f"), ("titles", ".3f"),
                           ("dates F", ".3f"), ("pages a CPU second", ",.0f")], rows)
    failed = "; ".join(f"{peer}: {n}" for peer, n in failures.items() if n != "0")
    report.note(f"Pages that ended in an exception and count as nothing found: {failed or 'none'}.")
    report.print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
