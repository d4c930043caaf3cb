#!/usr/bin/env python3
"""Holds what `rapporteur` writes as JSON against its schemas, with the validators `jsonschema` and `jsonschema_rs`.

    scripts/check_schemas.py BINARY CASE INPUT

CASE is a case of INPUT, which is copied before anything is put right in it; the language model is RAPPORTEUR_MODEL. Each
output must hold under both validators. Then each field of each output, by its path, is taken out and renamed: the schema
must refuse both, but for the fields that may be absent and the maps that have any key. Exit code 1 where one does not.
"""

import copy
import http.server
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import jsonschema_rs
from jsonschema import Draft202012Validator

# Fields that are left out where there is nothing to tell, by the end of their path.
OPTIONAL = {
    "correction": {"reason", "target.places", "targets[].places", "speaker.places", "reliability", "credibility"},
    "fetch": {"feed", "hint"},
}
# Keys that are the user's or the program's, not the format's.
MAPS = {"counts", "settings", "words", "sha256"}
PROBLEMS: list[str] = []


def hold(is_so: bool, what: str) -> None:
    if not is_so:
        print(f"FAIL {what}")
        PROBLEMS.append(what)


def short(value):
    """The first items of each list of objects or lists: mutations are tried one by one."""
    if isinstance(value, dict):
        return {name: short(part) for name, part in value.items()}
    if isinstance(value, list):
        return [short(part) for part in (value[:3] if value and isinstance(value[0], (dict, list)) else value)]
    return value


def objects(value, path=""):
    """Each object with its path, where lists are `[]`."""
    if isinstance(value, dict):
        yield path, value
        for name, part in value.items():
            yield from objects(part, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for part in value:
            yield from objects(part, f"{path}[]")


def is_optional(name: str, path: str, field: str) -> bool:
    whole = f"{path}.{field}".lstrip(".")
    if name == "answer":
        # What else is known of an item is told by its layer; an entry of the log is one of corrections.
        inside = set(path.replace("[]", "").split("."))
        is_entry = field in ("reason", "places") and inside & {"entry", "correction", "corrections"}
        return bool(is_entry) or "facts" in inside
    return any(whole == end or whole.endswith("." + end) for end in OPTIONAL.get(name, ()))


class Schemas:
    def __init__(self, binary: str):
        listed = run(binary, "schema").splitlines()
        self.texts = {line.split("-v")[0]: json.loads(run(binary, "schema", line.split()[0])) for line in listed}
        for schema in self.texts.values():
            Draft202012Validator.check_schema(schema)
        self.python = {name: Draft202012Validator(schema) for name, schema in self.texts.items()}
        self.rust = {name: jsonschema_rs.validator_for(schema) for name, schema in self.texts.items()}
        self.n_mutations = 0
        self.seen: set = set()

    def hold(self, name: str, value, what: str) -> None:
        errors = [f"{error.json_path}: {error.message[:200]}" for error in self.python[name].iter_errors(value)]
        hold(not errors, f"{what}: {errors[:3]}")
        hold(self.rust[name].is_valid(value), f"{what}: jsonschema_rs says no")
        if not errors:
            self.mutate(name, short(value), what)

    def mutate(self, name: str, value, what: str) -> None:
        value = copy.deepcopy(value)
        for path, one in list(objects(value)):
            if path.split(".")[-1] in MAPS:
                continue
            for field in list(one):
                if (name, path, field, one.get("kind"), one.get("act")) in self.seen:
                    continue
                self.seen.add((name, path, field, one.get("kind"), one.get("act")))
                was = dict(one)
                taken = one.pop(field)
                is_refused = not self.rust[name].is_valid(value)
                hold(is_refused or is_optional(name, path, field), f"{what}: {path}.{field} may be missing")
                one[f"{field}_renamed"] = taken
                hold(not self.rust[name].is_valid(value), f"{what}: {path}.{field} may have another name")
                one.clear()
                one.update(was)
                self.n_mutations += 2
        hold(self.rust[name].is_valid(value), f"{what}: not as it was")


def run(binary: str, *arguments: object, codes=(0, 1, 3)) -> str:
    ran = subprocess.run([binary, *map(str, arguments)], capture_output=True, text=True)
    hold(ran.returncode in codes, f"{arguments[0]}: exit code {ran.returncode}: {ran.stderr[-300:]}")
    return ran.stdout


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        is_page = self.path == "/page.html"
        body = b"<html><body><p>The talks in Halsk go on.</p></body></html>" if is_page else b""
        self.send_response(200 if is_page else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def answers(binary: str, case: Path, schemas: Schemas) -> None:
    def ask(*arguments: object) -> dict:
        answer = json.loads(run(binary, *arguments, "--json"))
        schemas.hold("answer", answer, " ".join(map(str, arguments[:2])))
        return answer["answer"]

    items = {}
    for question in ("who", "positions", "timeline", "tensions"):
        items[question] = ask(question, case)["items"]
    said = ask("search", case, "class:demand")["utterances"]["items"]
    ask("search", case, "Halsk")
    # Corrections of each sort that the ids at hand allow.
    who, spoken = [item["id"] for item in items["who"]], [item["id"] for item in said]
    correct = lambda *arguments: ask("correct", case, "--author", "Check", "--because", "a check", *arguments)
    correct("note", spoken[0], "a note")
    correct("tag", items["positions"][0]["id"], "tagged")
    correct("rename", who[0], "Another Name")
    correct("merge", who[1], who[2])
    correct("accept", items["timeline"][0]["id"])
    correct("reject", items["tensions"][0]["id"])
    for question in ("brief", "who", "positions", "timeline", "tensions", "sources", "changes", "runs", "check"):
        ask(question, case)
    log = ask("correct", case, "list")["corrections"]
    hold(len(log) == 6, f"the log has {len(log)} entries")
    articles = ask("sources", case)["articles"]
    for shown in (who[0], spoken[0], items["positions"][0]["id"], articles[0]["id"], log[0]["entry"]["id"], "nothing"):
        ask("show", case, shown)
    ask("sql", case, "SELECT id, n_articles, NULL, x'00ff' FROM actor")
    for line in run(binary, "correct", case, "export").splitlines():
        schemas.hold("correction", json.loads(line), "correct export")
    document = run(binary, "brief", case, "--format", "json")
    schemas.hold("document", json.loads(document), "brief --format json")


def main(binary: str, case: str, coverage: str) -> int:
    schemas = Schemas(binary)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        shutil.copy(case, work / "check.case")
        draft = work / "draft.md"
        first = next(path for path in sorted(Path(coverage).iterdir()) if path.suffix == ".txt")
        text = first.read_text(encoding="utf-8")
        quoted = text.split("\u201c")[1].split("\u201d")[0] if "\u201c" in text else text.split('"')[1]
        words = quoted.split()
        draft.write_text(
            f'The minister said: "{quoted}" She said: "{" ".join(words[:2] + ["never"] + words[3:])}" '
            'He said: "Nobody has ever written this down anywhere at all."\n',
            encoding="utf-8",
        )
        missing = work / "missing.txt"
        one = lambda name, *arguments: schemas.hold(name, json.loads(run(binary, *arguments)), str(arguments[0]))
        lines = lambda name, *arguments: [
            schemas.hold(name, json.loads(line), str(arguments[0])) for line in run(binary, *arguments).splitlines()
        ]
        reading = json.loads(run(binary, "read", coverage, missing, "--json"))
        schemas.hold("reading", reading, "read")
        said = reading["records"][0]["statements"][0]
        one("sources", "sources", coverage, missing, "--json")
        place = reading["articles"][0]["location"], said["cue"]["start"]
        one("explanation", "explain", *place, "--json")
        one("verified", "verify", draft, "--case", case, "--json")
        lines("article", "articles", coverage, "--json")
        lines("annotation", "parse", coverage)
        answers(binary, work / "check.case", schemas)

        run(binary, "bulk", coverage, "--out", work / "bulk")
        for line in (work / "bulk/manifest.jsonl").read_text(encoding="utf-8").splitlines():
            schemas.hold("bulk", json.loads(line), "bulk")
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            base = f"http://127.0.0.1:{server.server_port}"
            fetch = ("fetch", f"{base}/page.html", f"{base}/gone.html", "--delay", 0, "-o", work / "f.warc.gz", "--json")
            lines("fetch", *fetch)
            lines("fetch", *fetch)
            server.shutdown()
    n_fields = len({seen[:3] for seen in schemas.seen})
    unseen = set(schemas.texts) - {name for name, *_ in schemas.seen} - {"problem"}
    hold(not unseen, f"no output of {sorted(unseen)}")
    print(f"schemas: {len(schemas.texts)}, {n_fields} fields, {schemas.n_mutations} mutations, {len(PROBLEMS)} problems")
    return 1 if PROBLEMS else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
