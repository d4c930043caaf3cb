#!/usr/bin/env python3
"""Compares this repository's statements with textacy's direct quotations: what each finds of what people marked, and how long
each takes on the same parsed texts.

usage: python3 scripts/compare_textacy.py [TEXTS...] [--words N] [--rounds N] [--json]

TEXTS, on which both are timed, are UTF-8 text files or folders of them. Without any, the articles of
../shared/eval/statements serve where they are there, else the example coverage. textacy, spaCy and the language model
are installed into an environment of their own in the user's cache folder, in the versions of
scripts/compare_requirements.txt; nothing else on the machine is touched. Needs Python 3.11, pip and a Rust toolchain.

Quality: both read the articles of --gold [../shared/eval/statements/political_dev.jsonl.gz], ours with
`rapporteur read --json --scope attitude`, and the scorer of the data judges both. The set marks every propositional
attitude; textacy looks for quotation marks only. So the recall over statements whose words stand in quotation marks is given apart.
textacy refuses a text whose quotation marks are odd in number: it finds nothing there, and a second pair of rows is over
the articles that it reads.

Time: both sides parse all texts first, with the same language model; a first round of each is not counted. Then they take
turns: `textacy.extract.triples.direct_quotations` over all spaCy documents, and `rapporteur_extract::extract` over all
documents of our text stage. Texts that textacy refuses are left out on both sides. The two do not do the same: textacy gives direct
quotations with a speaker and a verb; ours gives statements of every kind with their circumstances, mentions, actors,
times, events and stances. The figure is CPU time inside each process (our example answers with its wall-clock seconds for
the text stage and the extraction; the CPU seconds of the round are divided in their proportion).

Exit code: 0 where it ran, 2 where something did not.
"""
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from peers import (DATA, MODEL, MODEL_MODULE, Measured, Report, Side, collect, example, fail, flags, model_folder, prepare_python,
                   rapporteur, read_rows, score, spread, versions_of, write_texts)

PACKAGES = ["textacy", "spacy"]
MARKS = "\"“”„«»"


# ---- the side of textacy: run by the environment's own interpreter

def worker(files):
    """Parses the files; says what textacy finds in each, or null where it refuses; then answers each line on stdin with one
    timed round over those that it reads."""
    import importlib
    from textacy.extract.triples import direct_quotations
    nlp = importlib.import_module(MODEL_MODULE).load()
    docs = list(nlp.pipe((Path(file).read_bytes().decode("utf-8") for file in files), batch_size=64))
    ends = lambda tokens: [tokens[0].idx, tokens[-1].idx + len(tokens[-1])]

    def found(doc):
        try:
            return [{"content": [[q.content.start_char, q.content.end_char]], "source": ends(q.speaker) if q.speaker else None,
                     "cue": ends(q.cue) if q.cue else None, "kind": "direct"} for q in direct_quotations(doc)]
        except ValueError:
            return None

    print(json.dumps(answers := [found(doc) for doc in docs]), flush=True)
    docs = [doc for doc, answer in zip(docs, answers) if answer is not None]
    for _ in sys.stdin:
        start = time.process_time()
        n_quotations = sum(1 for doc in docs for _ in direct_quotations(doc))
        print(f"{time.process_time() - start}\t{n_quotations}", flush=True)


# ---- our side

def ours(binary, files, model):
    """Our statements in the scorer's format, for each file."""
    command = [binary, "read", "--json", "--scope", "attitude", str(Path(files[0]).parent)]
    reading = json.loads(Measured(command, RAPPORTEUR_MODEL=model).stdout)
    texts = {Path(file).stem: Path(file).read_bytes().decode("utf-8") for file in files}
    pair = lambda span: span and [span["start"], span["end"]]
    found = {stem: [] for stem in texts}
    for article, record in zip(reading["articles"], reading["records"]):
        for statement in record["statements"]:
            for span in statement["content"]:
                if texts[article["name"]][span["start"]:span["end"]] != span["exact"]:
                    fail(f"a span of {article['name']} does not hold its words")
            found[article["name"]].append({"content": [*map(pair, statement["content"])], "source": pair(statement.get("source")),
                                           "cue": pair(statement.get("cue")), "kind": statement["kind"]})
    return [found[Path(file).stem] for file in files]


# ---- quality

def is_quoted(text, statement):
    """Whether the content begins and ends at a quotation mark."""
    start = min(span["start"] for span in statement["content"])
    end = max(span["end"] for span in statement["content"])
    return any(c in MARKS for c in text[max(start - 1, 0):start + 1]) and any(c in MARKS for c in text[end - 1:end + 1].rstrip())


def compare_quality(options, python, binary, model, scratch, report):
    gold = [dict(row, id=f"{idx:06}") for idx, row in enumerate(read_rows(options.gold))]
    files = write_texts([row["text"] for row in gold], scratch / "gold")
    side = Side([python, Path(__file__).resolve(), "--worker", *files])
    theirs = json.loads(side.answer())
    side.end()
    found = {"textacy, direct quotations": theirs, "rapporteur, scope attitude": ours(binary, files, model)}
    n_read = sum(answer is not None for answer in theirs)
    rows = []
    for part, keep in ((f"all {len(gold)}", lambda idx: True), (f"the {n_read} that textacy reads", lambda idx: theirs[idx] is not None)):
        kept = [row for idx, row in enumerate(gold) if keep(idx)]
        quoted = [dict(row, statements=[s for s in row["statements"] if is_quoted(row["text"], s)]) for row in kept]
        for name, answers in found.items():
            predictions = [{"id": row["id"], "statements": answer or []} for row, answer in zip(gold, answers)]
            scores = score(options.scorer, "statements", kept, predictions)
            rows.append((part, name, *(scores[key] for key in ("attr_p", "attr_r", "attr_f", "attr_src_f", "content_exact_f")),
                         score(options.scorer, "statements", quoted, predictions)["attr_r"]))
    n_quoted = sum(is_quoted(row["text"], s) for row in gold for s in row["statements"])
    report.table("articles", [("articles", ""), ("program", ""), ("P", ".3f"), ("R", ".3f"), ("F", ".3f"), ("F with source", ".3f"),
                              ("F, exact content", ".3f"), ("R of those in quotation marks", ".3f")], rows)
    report.note(f"{Path(options.gold).name.split('.')[0]}: {sum(len(row['statements']) for row in gold):,} marked attributions, of which {n_quoted} "
                "begin and end at a quotation mark; textacy refuses "
                f"{len(gold) - n_read} articles for an odd number of quotation marks.")


# ---- time

def compare_time(python, binary, model, texts, rounds, scratch, report):
    files = write_texts(texts, scratch / "timed")
    theirs = Side([python, Path(__file__).resolve(), "--worker", *files])
    read = [idx for idx, answer in enumerate(json.loads(theirs.answer())) if answer is not None]
    if not read:
        fail("textacy refuses all texts")
    n_words = sum(len(texts[idx].split()) for idx in read)
    side = Side([binary, model, *(files[idx] for idx in read)])
    seconds = {"textacy, direct quotations": [], "rapporteur, all of the extraction": [], "rapporteur, text stage": []}
    for round_idx in range(rounds + 1):
        (quotation_s, n_quotations), _ = theirs.round()
        (parse_s, extract_s, n_statements), cpu_s = side.round()
        share = cpu_s / (parse_s + extract_s)
        if round_idx > 0:
            for timed, s in zip(seconds.values(), (quotation_s, extract_s * share, parse_s * share)):
                timed.append(1e6 * s / n_words)
    theirs.end(), side.end()
    rows = [(name, statistics.median(timed), spread(timed), n)
            for (name, timed), n in zip(seconds.items(), (n_quotations, n_statements, None))]
    report.table("program", [("program", ""), ("CPU ms for 1,000 words", ".2f"), ("all rounds", ".2f"), ("found", ",.0f")], rows)
    report.note(f"{len(read)} of the {len(texts)} texts, {n_words:,} words, parsed beforehand, one thread each, in turn, median of {rounds} "
                "rounds; textacy refuses the others.")


def main():
    if sys.argv[1:2] == ["--worker"]:
        return worker(sys.argv[2:])
    parser = flags(__doc__, rounds=7, example="time_extraction")
    parser.add_argument("texts", nargs="*", metavar="TEXTS", help="text files or folders")
    parser.add_argument("--words", type=int, default=40_000, metavar="N", help="time on about N words [40000]")
    parser.add_argument("--gold", metavar="FILE", default=str(DATA / "statements/political_dev.jsonl.gz"),
                        help="marked articles, JSON Lines [../shared/eval/statements/political_dev.jsonl.gz]")
    options = parser.parse_args()

    texts, n_words, source = collect(options.texts, options.words)
    python = options.python or prepare_python("compare-textacy", PACKAGES)
    model = model_folder(python)
    report = Report(options, f"timed on {len(texts)} texts, {n_words:,} words, {source}; scored on {Path(options.gold).name}",
                    versions_of(python, [*PACKAGES, MODEL]))
    with tempfile.TemporaryDirectory(prefix="compare-textacy") as scratch:
        compare_quality(options, python, rapporteur(options), model, Path(scratch), report)
        compare_time(python, example(options, "rapporteur-extract", "time_extraction"), model, texts, max(options.rounds, 1),
                     Path(scratch), report)
    report.print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
