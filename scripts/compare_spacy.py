#!/usr/bin/env python3
"""Runs this repository's text stage and spaCy on the same texts, one thread each, in turn, and says how
fast each is, how much memory it takes, and whether their annotations agree.

usage: python3 scripts/compare_spacy.py [TEXTS...] [--words N] [--fuzz N] [--rounds N] [--json]

TEXTS are UTF-8 text files or folders of them. Without any, the articles of ../shared/eval/statements
serve where they are there, else the example coverage (too short for a fair figure of speed). spaCy and
the language model are installed into an environment of their own in the user's cache folder, in the versions of
scripts/compare_requirements.txt; nothing else on the machine is touched. Needs Python 3.11, pip and a Rust toolchain.

What is compared: spaCy as it comes (`nlp.pipe`, batches of 64), whose matrix products run on BLIS, and
spaCy with `NumpyOps(use_blis=False)` set on every layer, which hands them to the BLAS that numpy brings
along (OpenBLAS on Linux and Windows). The worker counts the calls into BLIS, so that the second figure is only printed where the
switch took effect. (The parser's small products per transition stay on BLIS in spaCy 3.8 either way.)

Time is CPU time. For spaCy it is that of the annotation alone, in the process. For ours it is that of the
process `rapporteur parse --format jsonl --threads 1` less that of the same command on a one-word file: it
includes reading the files and writing the JSON, which spaCy's does not.

Our annotation is that of spaCy under CPython 3.11, whose tables are those of Unicode 14. Another version
knows other characters, which can show in adversarial texts.

Exit code: 0 where all annotations agree, 1 where they do not, 2 where something did not run.
"""
import json
import random
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from peers import (MODEL, MODEL_MODULE, Measured, Report, collect, flags, model_folder, prepare_python, rapporteur, say, spread,
                   versions_of, write_texts)

PACKAGES = ["spacy"]
BATCH_SIZE = 64
COLUMNS = "text whitespace norm tag pos morph lemma dep head sent_start ent_iob ent_type".split()


# ---- the side of spaCy: run by the environment's own interpreter

def worker(job_file):
    """Annotates the job's texts with spaCy; writes the figures, and the annotation if asked, where the job says."""
    job = json.loads(Path(job_file).read_text(encoding="utf-8"))
    texts = [Path(file).read_bytes().decode("utf-8") for file in job["files"]]
    import importlib
    import blis.py
    import numpy
    from thinc.api import NumpyOps
    nlp = importlib.import_module(MODEL_MODULE).load()

    if job["blas"] == "openblas":
        ops = NumpyOps(use_blis=False)
        for _, component in nlp.pipeline:
            for layer in getattr(getattr(component, "model", None), "walk", list)():
                layer.ops = ops

    n_blis_calls = 0
    gemm = blis.py.gemm

    def counting_gemm(*args, **kwargs):
        nonlocal n_blis_calls
        n_blis_calls += 1
        return gemm(*args, **kwargs)

    # spaCy's first text sets up caches; it also tells which kernels are in use.
    blis.py.gemm = counting_gemm
    nlp("The minister said on Monday that talks in Lysmar would go on.")
    blis.py.gemm = gemm

    start_cpu, start = time.process_time(), time.perf_counter()
    if job["annotation"]:
        with open(job["annotation"], "w", encoding="utf-8") as out:
            for file, doc in zip(job["files"], nlp.pipe(texts, batch_size=BATCH_SIZE)):
                out.write(json.dumps({"id": Path(file).stem, "tokens": rows(doc)}) + "\n")
    else:
        for _ in nlp.pipe(texts, batch_size=BATCH_SIZE):
            pass
    figures = {"cpu_s": time.process_time() - start_cpu, "wall_s": time.perf_counter() - start,
               "n_blis_calls": n_blis_calls,
               "numpy_blas": numpy.show_config(mode="dicts")["Build Dependencies"]["blas"].get("name", "its BLAS")}
    Path(job["figures"]).write_text(json.dumps(figures), encoding="utf-8")


def rows(doc):
    return [[t.text, t.whitespace_, t.norm_, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i,
             int(bool(t.is_sent_start)), t.ent_iob_, t.ent_type_] for t in doc]


# ---- texts

EXCEPTIONS = """don't can't cannot gonna gotta I'm I'd've y'all won't she's they'll ain't let's 'em ol' 'Cause o'clock
U.S. U.K. a.m. p.m. 5a.m. 10:30p.m. e.g. i.e. Dr. Mrs. St. Jan. Sept. No. vs. etc. Ph.D. Inc. Co. Adm. Gov. B.C. -- --- ... ....
:-) :( ;D <3 (-: XD o_O ^_^ ¯\\_(ツ)_/¯ C++ #hashtag @name 1st 22nd 3rd $5.00 £3m €9 10km 5% 1,000 1.000,5 1/2 ½ 20-30 +4 -7°C
x^2 a/b and/or state-of-the-art well-known 'tis ’s ’ll ’re n't 's '' `` “” ‘x’ «y» (z) [b] {c} it’s Karsk’s NATO's""".split()
ADDRESSES = """http://example.org https://www.example.org/a/b?c=d&e=f#g www.example.co.uk example.com name@example.org
ftp://x.y/z.txt http://例え.テスト/x mailto:a.b@c.example a.b.c.example.museum https://user:pw@host.example:80/ foo.bar 1.2.3.4""".split()
SPACES = [" ", " ", " ", "  ", "   ", "\n", "\n\n", "\n \n", "\t", "\r\n", "\r", "\u00a0", "\u2003", "\u3000", "\u200b", "\u2028", "\x0b", "\x85", ""]
PLANES = [(0x21, 0x7E), (0xA1, 0x24F), (0x300, 0x36F), (0x370, 0x5FF), (0x600, 0x6FF), (0x900, 0xDFF), (0x1E00, 0x20CF),
          (0x2100, 0x2BFF), (0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xE000, 0xF8FF), (0xFB00, 0xFFFD),
          (0x10000, 0x1F9FF), (0x20000, 0x2FA1D), (0xE0100, 0xE01EF), (0x100000, 0x10FFFD)]


def adversarial(n, words):
    """`n` texts made to go wrong, the same ones every time."""
    rng = random.Random(20240312)
    fixed = ["", " ", "\n", ".", "a", "'", "\u00a0", "\u200d", "é", "𝔘", "I", "''", "https://", "a" * 3000, "." * 500, " " * 300, "\n" * 50]

    def odd():
        low, high = rng.choice(PLANES)
        return "".join(chr(rng.randint(low, high)) for _ in range(rng.choice((1, 1, 1, 2, 3, 8))))

    def piece():
        kind = rng.random()
        if kind < 0.40:
            word = rng.choice(words)
            return rng.choice((word, word, word, word.upper(), word.title(), word.swapcase(), word[::-1]))
        if kind < 0.62:
            return rng.choice(EXCEPTIONS)
        if kind < 0.68:
            return rng.choice(ADDRESSES)
        if kind < 0.80:
            return "".join(rng.choice(".,;:!?'\"()[]{}<>-–—…“”‘’`*/\\|&%$#@^~=+_") for _ in range(rng.choice((1, 1, 2, 3, 6))))
        if kind < 0.88:
            return str(rng.choice((rng.randint(0, 99), rng.randint(1000, 10**9), round(rng.random() * 1000, 2))))
        return odd()

    texts = fixed[:n]
    while len(texts) < n:
        length = rng.choice((1, 2, 3, 8, 20, 60))
        glue = rng.random()
        text = "".join(piece() + (rng.choice(SPACES) if rng.random() > glue * 0.5 else "") for _ in range(length))
        # A file that begins with a byte order mark, or that holds a zero byte, is not plain text to a reader of files.
        texts.append(text.lstrip("\ufeff").replace("\0", "").replace("\ufffe", ""))
    return texts


# ---- running

class Sides:
    """The programs that are compared."""

    def __init__(self, python, binary, scratch):
        self.python, self.binary, self.scratch = python, binary, scratch
        self.model = model_folder(python)
        write_texts(["Talks."], scratch / "one-word")

    def ours(self, folder, out=None):
        command = [self.binary, "parse", "--format", "jsonl", "--threads", "1", str(folder)]
        with open(out or self.scratch / "ours.out", "wb") as stdout:
            return Measured(command, stdout=stdout, RAPPORTEUR_MODEL=self.model)

    def spacy(self, files, blas, annotation=None):
        job = {"files": files, "blas": blas, "annotation": annotation and str(annotation),
               "figures": str(self.scratch / "figures.json")}
        job_file = self.scratch / "job.json"
        job_file.write_text(json.dumps(job), encoding="utf-8")
        whole = Measured([self.python, str(Path(__file__).resolve()), "--worker", str(job_file)])
        return json.loads(Path(job["figures"]).read_text(encoding="utf-8")), whole


def compare_speed(sides, files, n_words, rounds, report):
    names = {"ours": "rapporteur", "blis": "spaCy as it comes (BLIS)", "openblas": "spaCy on numpy's BLAS"}
    cpu, whole, memory = ({name: [] for name in names} for _ in range(3))
    folder = Path(files[0]).parent
    numpy_blas = "unknown"
    for round_idx in range(rounds):
        say(f"round {round_idx + 1} of {rounds}")
        idle = min(sides.ours(sides.scratch / "one-word").cpu_s for _ in range(3))
        run = sides.ours(folder)
        cpu["ours"].append(run.cpu_s - idle), whole["ours"].append(run.cpu_s), memory["ours"].append(run.peak)
        for blas in ("blis", "openblas"):
            figures, run = sides.spacy(files, blas)
            numpy_blas = figures["numpy_blas"]
            if (figures["n_blis_calls"] > 0) != (blas == "blis"):
                say(f"left out: the switch to {blas} did not take effect ({figures['n_blis_calls']} calls into BLIS)")
                continue
            cpu[blas].append(figures["cpu_s"]), whole[blas].append(run.cpu_s), memory[blas].append(run.peak)
    ours = n_words / statistics.median(cpu["ours"])
    rows = []
    for key, name in names.items():
        if cpu[key]:
            speed = n_words / statistics.median(cpu[key])
            rows.append((name, speed, spread([n_words / s for s in cpu[key]]), n_words / statistics.median(whole[key]),
                         max(memory[key]) / 2**20, None if key == "ours" else ours / speed))
    report.table("program", [("program", ""), ("words a second", ",.0f"), ("all rounds", ",.0f"), ("whole process", ",.0f"),
                             ("peak MiB", ",.0f"), ("ours is", ".1f")], rows)
    report.note(f"Words between white space for each CPU second of annotation on one thread, median of {rounds} rounds in turn; "
                f"whole process: with start-up and loading. numpy's BLAS here: {numpy_blas}.")


def compare_annotation(sides, files, what):
    """A row of the report; tells on stderr where the two annotations differ."""
    theirs_file, ours_file = sides.scratch / "theirs.jsonl", sides.scratch / "ours.jsonl"
    sides.spacy(files, "blis", theirs_file)
    sides.ours(Path(files[0]).parent, ours_file)
    with open(theirs_file, encoding="utf-8") as lines:
        theirs = {row["id"]: row["tokens"] for row in map(json.loads, lines)}
    with open(ours_file, encoding="utf-8") as lines:
        ours = {row["id"]: row["tokens"] for row in map(json.loads, lines)}

    unread = [doc for doc in theirs if doc not in ours]
    n_tokens = n_equal = n_shown = 0
    unlike, by_column = [], dict.fromkeys(COLUMNS, 0)
    for doc, expected in theirs.items():
        got = ours.get(doc)
        if got is None:
            continue
        n_tokens += len(expected)
        n_equal += sum(a == b for a, b in zip(expected, got)) if len(expected) == len(got) else 0
        if expected == got:
            continue
        unlike.append(doc)
        for idx, (a, b) in enumerate(zip(expected, got)):
            if a == b:
                continue
            for column, x, y in zip(COLUMNS, a, b):
                by_column[column] += x != y
            if n_shown < 10:
                n_shown += 1
                say(f"  {doc} token {idx}:\n    spaCy {json.dumps(a, ensure_ascii=False)}\n    ours  {json.dumps(b, ensure_ascii=False)}")
            if a[:2] != b[:2]:
                break       # other tokens: all that follows differs
    n_read = len(theirs) - len(unread)
    if unlike:
        say("  differences by column: " + (", ".join(f"{name} {n}" for name, n in by_column.items() if n) or "number of tokens"))
    n_blank = sum(not Path(files[int(doc)]).read_bytes().decode("utf-8").strip() for doc in unread)
    return what, n_read - len(unlike), n_read, n_equal, n_tokens, len(unread), n_blank


def main():
    if sys.argv[1:2] == ["--worker"]:
        return worker(sys.argv[2])
    parser = flags(__doc__, scored=False)
    parser.add_argument("texts", nargs="*", metavar="TEXTS", help="text files or folders")
    parser.add_argument("--words", type=int, default=40_000, metavar="N", help="run on about N words [40000]")
    parser.add_argument("--fuzz", type=int, default=0, metavar="N", help="compare N texts made to go wrong as well [0]")
    options = parser.parse_args()

    texts, n_words, source = collect(options.texts, options.words)
    python = options.python or prepare_python("compare-spacy", PACKAGES)
    binary = rapporteur(options)
    report = Report(options, f"{len(texts)} texts, {n_words:,} words: {source}", versions_of(python, [*PACKAGES, MODEL]))
    with tempfile.TemporaryDirectory(prefix="compare-spacy") as scratch:
        sides = Sides(python, binary, Path(scratch))
        files = write_texts(texts, Path(scratch) / "texts")
        if options.rounds > 0:
            compare_speed(sides, files, n_words, options.rounds, report)
        rows = [compare_annotation(sides, files, "the same texts")]
        if options.fuzz > 0:
            words = sorted({word for text in texts for word in re.findall(r"\w+", text)})
            fuzz = write_texts(adversarial(options.fuzz, words), Path(scratch) / "fuzz")
            rows.append(compare_annotation(sides, fuzz, "texts made to go wrong"))
    report.table("agreement in all twelve columns", [("", ""), ("texts equal", ",d"), ("of", ",d"), ("tokens equal", ",d"), ("of", ",d"),
                                                     ("not read by ours", ",d"), ("of these blank", ",d")], rows)
    report.print()
    return 0 if all(row[1] == row[2] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
