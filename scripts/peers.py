"""What the comparisons with other programs share: the texts that both sides get, and how a comparison ends.

Imported by compare_spacy.py and compare_textacy.py; Python 3.10, no packages.
"""
import gzip
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run_quietly(command, **options):
    if subprocess.run(command, **options).returncode != 0:
        fail(f"this failed: {' '.join(command)}")


def say(message):
    print(message, file=sys.stderr, flush=True)


def fail(message):
    say(f"{Path(sys.argv[0]).stem}: {message}")
    sys.exit(2)


def collect(paths, n_words):
    """The texts to run on, until they hold `n_words` words between white space."""
    texts = []
    if paths:
        for path in map(Path, paths):
            files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
            texts += [file.read_bytes().decode("utf-8", "replace") for file in files]
        source = "the given texts"
    elif sets := sorted((ROOT / "../shared/eval/statements").glob("*.jsonl.gz")):
        for file in sets:
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                texts += [json.loads(line)["text"] for line in lines]
        source = "the articles of ../shared/eval/statements"
    else:
        texts = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "examples/coverage").glob("*.txt"))]
        source = "the example coverage, which is short and repeats itself: take the speeds as rough"
    chosen, n = [], 0
    for text in texts:
        if n >= n_words:
            break
        if text.strip():
            chosen.append(text)
            n += len(text.split())
    if not chosen:
        fail("there is no text to run on")
    return chosen, n, source
