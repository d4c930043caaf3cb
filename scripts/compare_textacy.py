#!/usr/bin/env python3
"""Times this repository's extraction and textacy's extractor of direct quotations on the same parsed texts, one
thread each, in turn, and says how long each takes for 1,000 words.

usage: python3 scripts/compare_textacy.py [TEXTS...] [--words N] [--rounds N] [--python PATH]

TEXTS are UTF-8 text files or folders of them. Without any, the articles of ../shared/eval/statements
serve where they are there, else the example coverage. textacy, spaCy and the language model are installed into
an environment of their own in the user's cache folder; nothing else on the machine is touched. Needs
Python 3.10 to 3.13, pip and a Rust toolchain.

Both sides parse all texts first, with the same language model, which is not timed; a first round of each is not
counted. Then they take turns: `textacy.extract.triples.direct_quotations` over all spaCy documents, and
`rapporteur_extract::extract` over all documents of our text stage. The two do not do the same: textacy gives direct
quotations with a speaker and a verb; ours gives statements of every kind with their circumstances, mentions and
actors. textacy refuses a text whose quotation marks are odd in number: such texts are left out on both sides.

Time is wall-clock time of the extraction alone, measured inside each process. Our text stage is timed beside it.

Exit code: 0 where it ran, 2 where something did not.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from peers import MODEL_MODULE, ROOT, collect, fail, model_folder, prepare_python, run_quietly, say

PACKAGES = ["spacy==3.8.18", "textacy==0.13.0"]
ONE_THREAD = {name: "1" for name in
              ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")}


# ---- the side of textacy: run by the environment's own interpreter

def worker(files):
    """Parses the files; says which of them textacy reads; then answers each line on stdin with one timed round."""
    import importlib
    from textacy.extract.triples import direct_quotations
    nlp = importlib.import_module(MODEL_MODULE).load()
    docs = list(nlp.pipe((Path(file).read_bytes().decode("utf-8") for file in files), batch_size=64))

    def is_read(doc):
        try:
            list(direct_quotations(doc))
            return True
        except ValueError:
            return False

    read = [idx for idx, doc in enumerate(docs) if is_read(doc)]
    docs = [docs[idx] for idx in read]
    print(json.dumps(read), flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        n_quotations = sum(1 for doc in docs for _ in direct_quotations(doc))
        print(f"{time.perf_counter() - start}\t{n_quotations}", flush=True)


# ---- set-up

def build(example):
    say(f"building {example} (cargo build --release)")
    run_quietly(["cargo", "build", "--release", "--quiet", "--package", "rapporteur-extract", "--example", example],
                cwd=ROOT)
    metadata = subprocess.run(["cargo", "metadata", "--format-version", "1", "--no-deps"], cwd=ROOT, check=True,
                              capture_output=True, text=True).stdout
    name = f"{example}.exe" if os.name == "nt" else example
    return str(Path(json.loads(metadata)["target_directory"]) / "release" / "examples" / name)


# ---- texts

def write(texts, folder):
    files = []
    for idx, text in enumerate(texts):
        files.append(str(folder / f"{idx:06}.txt"))
        Path(files[-1]).write_bytes(text.encode("utf-8"))
    return files


# ---- running

class Side:
    """A program that has parsed the texts and does one round for each line that it is sent."""

    def __init__(self, command):
        self.command = command
        self.child = subprocess.Popen(command, env={**os.environ, **ONE_THREAD}, stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, text=True)

    def answer(self):
        line = self.child.stdout.readline()
        if not line:
            fail(f"this ended early: {' '.join(self.command[:3])} …")
        return line

    def round(self):
        self.child.stdin.write("\n")
        self.child.stdin.flush()
        return [float(field) for field in self.answer().split("\t")]

    def end(self):
        self.child.stdin.close()
        self.child.wait()


def compare(python, binary, texts, rounds, scratch):
    files = write(texts, scratch)
    theirs = Side([python, str(Path(__file__).resolve()), "--worker", *files])
    read = json.loads(theirs.answer())
    if not read:
        fail("textacy refuses all texts")
    texts, files = [texts[idx] for idx in read], [files[idx] for idx in read]
    n_words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} texts, {n_words:,} words; textacy refuses the others")
    ours = Side([binary, model_folder(python), *files])
    textacy_s, text_stage_s, extraction_s = [], [], []
    n_quotations = n_statements = 0
    for round_idx in range(rounds + 1):
        quotation_s, n_quotations = theirs.round()
        parse_s, extract_s, n_statements = ours.round()
        if round_idx > 0:
            textacy_s.append(quotation_s), text_stage_s.append(parse_s), extraction_s.append(extract_s)
    theirs.end(), ours.end()

    print(f"{'':36}{'ms for 1,000 words':>20}  {'of all rounds':<16}{'found':>7}")
    for name, seconds, n in (("textacy, direct quotations", textacy_s, f"{n_quotations:,.0f}"),
                             ("rapporteur, all of the extraction", extraction_s, f"{n_statements:,.0f}"),
                             ("rapporteur, text stage", text_stage_s, "")):
        per_1000 = [1e6 * s / n_words for s in seconds]
        spread = f"{min(per_1000):.3f}–{max(per_1000):.3f}"
        print(f"{name:36}{statistics.median(per_1000):>20.3f}  {spread:<16}{n:>7}")
    ratio = statistics.median(textacy_s) / statistics.median(extraction_s)
    share = statistics.median(extraction_s) / statistics.median(text_stage_s)
    print(f"our extraction is {ratio:.1f} × as fast as textacy's, and takes {share:.0%} of the time of our text stage")


def main():
    if sys.argv[1:2] == ["--worker"]:
        return worker(sys.argv[2:])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*", metavar="TEXTS", help="text files or folders")
    parser.add_argument("--words", type=int, default=40_000, metavar="N", help="run on about N words [40000]")
    parser.add_argument("--rounds", type=int, default=7, metavar="N", help="time each side N times [7]")
    parser.add_argument("--python", metavar="PATH", help="an interpreter that has textacy and the model; nothing is installed")
    parser.add_argument("--binary", metavar="PATH", help="a time_extraction to run; nothing is built")
    options = parser.parse_args()

    texts, _, source = collect(options.texts, options.words)
    python = options.python or prepare_python("compare-textacy", PACKAGES)
    binary = options.binary or build("time_extraction")
    print(f"{len(texts)} texts: {source}")
    with tempfile.TemporaryDirectory(prefix="compare-textacy") as scratch:
        compare(python, binary, texts, max(options.rounds, 1), Path(scratch))
    return 0


if __name__ == "__main__":
    sys.exit(main())
