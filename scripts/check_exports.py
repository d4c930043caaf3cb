#!/usr/bin/env python3
"""Opens the exports of a case with the programs that people use, and compares them with the case.

    python3 scripts/check_exports.py FOLDER [--rapporteur target/debug/rapporteur] [--required]

FOLDER holds a file that ends in .case, and gets a folder `exports` beside it, which is made anew. Each export
is written by the program and read by a client; numbers of rows and values are compared with what sqlite3 gives over the views
of the case, which this version of the program must have written: views of an older one lack columns. A line is printed for
each check. A client that is not installed is named and left out; with --required that is a failure. The exit code is 1
where anything differs.

Clients: pip install pandas polars duckdb pyarrow icalendar networkx datasette
Datasette needs SQLite 3.43 or later: pip install pysqlite3-binary, where Python's own is older.
"""

import argparse
import csv
import importlib
import json
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.request
import xml.etree.ElementTree as ElementTree
from pathlib import Path

VIEWS = ["article", "gap", "actor", "utterance", "happening", "issue", "position", "timeline", "tension", "place", "link",
         "correction", "run", "change", "skipped"]
BOOLEANS = {("article", "is_first_of_origin"), ("timeline", "is_planned"), ("tension", "is_change")}
JSON = {("actor", "aliases"), ("actor", "roles"), ("happening", "sources"), ("happening", "targets"), ("issue", "wordings"),
        ("position", "stances"), ("position", "changes"), ("tension", "sides"), ("correction", "body"),
        ("correction", "items"), ("run", "settings"), ("run", "counts")}
STARTS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")

n_failed = 0
n_left_out = 0


def check(name, holds, told=""):
    """Prints one check and counts it where it fails."""
    global n_failed
    n_failed += not holds
    print(f"{'ok  ' if holds else 'FAIL'} {name}{f'  {told}' if told else ''}")


def client(name):
    """A module, or None, said aloud, where it is not installed."""
    global n_left_out
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"left out: {name} is not installed")
        n_left_out += 1
        return None


def ordered(rows):
    """Rows in an order of their own, whatever order they came in."""
    return sorted(rows, key=lambda row: json.dumps(row, ensure_ascii=False, default=str))


def rows_of(case, view):
    """The rows of a view: booleans as such, JSON as text."""
    cursor = case.execute(f"SELECT * FROM {view}")
    names = [column[0] for column in cursor.description]
    rows = [[bool(value) if value is not None and (view, name) in BOOLEANS else value
             for name, value in zip(names, row)] for row in cursor]
    return names, rows


def as_csv(view, names, rows):
    """Rows as text, with the apostrophe of docs/EXPORT.md where the rule asks for one."""
    def cell(name, value):
        if value is None:
            return ""
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, int):
            return str(value)
        bare = value.lstrip("'")
        while bare and (bare[0].isspace() or bare[0] in "'\ufeff\u200b" or ord(bare[0]) < 32 or 127 <= ord(bare[0]) < 160):
            bare = bare[1:]
        is_formula = bare.startswith(STARTS) or value.lstrip("'").startswith(("\t", "\r"))
        return "'" + value if is_formula else value
    return [[cell(name, value) for name, value in zip(names, row)] for row in rows]


def same_values(found, expected):
    """Whether rows of a client are those of the case; clients have floats or NaN where integers are missing."""
    def plain(value):
        if value is None or value != value:
            return None
        if hasattr(value, "item"):
            value = value.item()
        return int(value) if isinstance(value, float) and value.is_integer() else value
    return ordered([[plain(value) for value in row] for row in found]) == ordered(expected)


def check_tables(export, case, folder):
    """CSV, JSON Lines and Parquet of every view."""
    pandas, polars, duckdb, pyarrow = (client(name) for name in ["pandas", "polars", "duckdb", "pyarrow.parquet"])
    for format_name in ["csv", "jsonl", "parquet"]:
        export("--format", format_name, "--out", folder / format_name)
    csv.field_size_limit(1 << 30)
    for view in VIEWS:
        names, expected = rows_of(case, view)
        path = {name: folder / name / f"{view}.{name}" for name in ["csv", "jsonl", "parquet"]}
        with open(path["csv"], encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
        check(f"csv {view}: csv of Python", lines[0] == names and ordered(lines[1:]) == ordered(as_csv(view, names, expected)),
              f"{len(expected)} rows")
        if pandas:
            frame = pandas.read_csv(path["csv"], dtype=str, keep_default_na=False)
            check(f"csv {view}: pandas", same_values(frame.values.tolist(), as_csv(view, names, expected)))
        if polars:
            frame = polars.read_csv(path["csv"], infer_schema=False)
            found = [["" if value is None else value for value in row] for row in frame.rows()]
            check(f"csv {view}: polars", same_values(found, as_csv(view, names, expected)))
        if duckdb and expected:
            found = duckdb.sql(f"SELECT * FROM read_csv('{path['csv']}', all_varchar = true, header = true, delim = ',', "
                               "quote = '\"', escape = '\"')").fetchall()
            found = [["" if value is None else value for value in row] for row in found]
            check(f"csv {view}: duckdb", same_values(found, as_csv(view, names, expected)))
        with open(path["jsonl"], encoding="utf-8", newline="\n") as file:
            found = [list(json.loads(line).values()) for line in file]
        values = [[json.loads(value) if value is not None and (view, name) in JSON else value
                   for name, value in zip(names, row)] for row in expected]
        check(f"jsonl {view}: json of Python", ordered(found) == ordered(values))
        if polars and expected:
            check(f"jsonl {view}: polars", polars.read_ndjson(path["jsonl"], infer_schema_length=None).shape
                  == (len(expected), len(names)))
        if pyarrow:
            table = pyarrow.read_table(path["parquet"])
            found = [list(row) for row in zip(*(column.to_pylist() for column in table.columns))]
            check(f"parquet {view}: pyarrow", table.column_names == names and ordered(found) == ordered(expected),
                  " ".join(sorted({str(kind) for kind in table.schema.types})))
        if pandas and pyarrow:
            frame = pandas.read_parquet(path["parquet"])
            check(f"parquet {view}: pandas", same_values(frame.values.tolist(), expected))
        if polars:
            check(f"parquet {view}: polars", same_values(polars.read_parquet(path["parquet"]).rows(), expected))
        if duckdb:
            found = duckdb.sql(f"SELECT * FROM '{path['parquet']}'").fetchall()
            check(f"parquet {view}: duckdb", same_values(found, expected))


def check_events(export, case, folder):
    """PLOVER, CAMEO and the shape of GDELT."""
    pandas = client("pandas")
    if not pandas:
        return
    happenings = case.execute("SELECT id, type, sources, targets, status FROM happening").fetchall()
    pairs = {}
    for item, _, sources, targets, status in happenings:
        all_pairs = [(a, b) for a in json.loads(sources or "[]") or [""] for b in json.loads(targets or "[]") or [""]]
        pairs[item] = [(a, b) for a, b in all_pairs if a != b or a == ""]
    options = {"dtype": str, "keep_default_na": False}
    export("--format", "plover", "--raw", "--out", folder / "plover.csv")
    frame = pandas.read_csv(folder / "plover.csv", **options)
    check("plover: pandas", sorted(zip(frame.event_id, frame.event_type)) == sorted((row[0], row[1]) for row in happenings),
          f"{len(frame)} rows")
    export("--format", "cameo", "--raw", "--out", folder / "cameo.csv")
    frame = pandas.read_csv(folder / "cameo.csv", **options)
    expected = sorted((item, a, b) for item in pairs for a, b in pairs[item])
    check("cameo: pandas", sorted(zip(frame.event_id, frame.source_id, frame.target_id)) == expected, f"{len(frame)} rows")
    export("--format", "gdelt", "--raw", "--out", folder / "gdelt.tsv")
    frame = pandas.read_csv(folder / "gdelt.tsv", sep="\t", quoting=csv.QUOTE_NONE, **options)
    n_told = sum(len(pairs[row[0]]) for row in happenings if row[4] in ("happened", "ongoing"))
    check("gdelt: pandas", frame.shape == (n_told, 61) and frame.GLOBALEVENTID.is_unique, f"{len(frame)} rows")


def check_annotations(export, case, folder):
    """Each annotation leads to its words in the text of the article."""
    export("--format", "annotations", "--out", folder / "annotations.json")
    collection = json.loads((folder / "annotations.json").read_text(encoding="utf-8"))
    texts = dict(case.execute("SELECT id, text FROM article"))
    items, n_right = collection["first"]["items"], 0
    for item in items:
        position, quote = item["target"]["selector"]
        text = texts[item["target"]["source"]["rapporteur:article"]]
        start, end = position["start"], position["end"]
        n_right += (text[start:end] == quote["exact"] and text[:start].endswith(quote["prefix"])
                    and text[end:].startswith(quote["suffix"]))
    n_places = case.execute('SELECT count(*) FROM (SELECT DISTINCT item, layer, part, article, start, "end" FROM place)')
    check("annotations: json of Python", len(items) == n_right == collection["total"] == n_places.fetchone()[0],
          f"{len(items)} annotations")


def check_graphs(export, case, folder):
    """Nodes and edges as NetworkX reads them."""
    networkx = client("networkx")
    for name in ["positions", "lineage"]:
        export("--format", "graphml", "--graph", name, "--out", folder / f"{name}.graphml")
        ElementTree.parse(folder / f"{name}.graphml")
    if not networkx:
        return
    graph = networkx.read_graphml(folder / "positions.graphml", force_multigraph=True)
    stances = [len(json.loads(row[0])) for row in case.execute("SELECT stances FROM position WHERE stances IS NOT NULL")]
    n_issues = sum(data["kind"] == "issue" for _, data in graph.nodes(data=True))
    check("graphml positions: networkx", graph.number_of_edges() == sum(stances)
          and n_issues == case.execute("SELECT count(*) FROM issue").fetchone()[0], f"{graph.number_of_edges()} edges")
    graph = networkx.read_graphml(folder / "lineage.graphml", force_multigraph=True)
    expected = sorted(tuple(row) for row in case.execute(
        "SELECT iif(derived IS b, b, a), iif(derived IS b, a, b) FROM link"))
    check("graphml lineage: networkx", sorted((a, b) for a, b in graph.edges()) == expected
          and sorted(graph.nodes()) == sorted(row[0] for row in case.execute("SELECT id FROM article")),
          f"{len(expected)} edges")


def check_timeline(export, case, folder):
    """Slides of TimelineJS: ids, dates, and markup of this program alone."""
    export("--format", "timelinejs", "--out", folder / "timeline.json")
    events = json.loads((folder / "timeline.json").read_text(encoding="utf-8"))["events"]
    times = dict(case.execute("SELECT id, time FROM timeline"))
    right = all(str(event["start_date"]["year"]) in times[event["unique_id"]] or "-W" in times[event["unique_id"]]
                for event in events if times[event["unique_id"]][:4].isdigit())
    days = [item for item, value in times.items() if value and value[:10].count("-") == 2 and value[:4].isdigit()]
    told = {event["unique_id"] for event in events}
    check("timelinejs: json of Python", right and told >= set(days), f"{len(events)} events of {len(times)} entries")


def check_calendar(export, case, folder):
    """The calendar as icalendar reads it."""
    icalendar = client("icalendar")
    path = folder / "ahead.ics"
    if not export("--format", "ical", "--out", path):
        check("ical: nothing lies ahead", not path.exists())
        return
    if not icalendar:
        return
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    events = calendar.walk("VEVENT")
    last = case.execute("SELECT max(substr(published, 1, 10)) FROM article").fetchone()[0]
    expected = [row[0] for row in case.execute(
        "SELECT words FROM timeline WHERE (is_planned OR status = 'planned') AND substr(time, 1, 10) >= ? "
        "AND substr(time, 1, 10) GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", [last or ""])]
    words = sorted(str(event["DESCRIPTION"]).split("”\n")[0].removeprefix("“").rsplit("”", 1)[0] for event in events)
    check("ical: icalendar", len(events) == len(expected) and len({str(event["UID"]) for event in events}) == len(events)
          and all(any(told.startswith(word[:40]) for word in expected) for told in words), f"{len(events)} events")


def check_datasette(case_path, case):
    """Datasette serves a view of the case itself."""
    if client("datasette") is None:
        return
    port = "8765"
    server = subprocess.Popen([sys.executable, "-m", "datasette", str(case_path), "--port", port, "--setting", "max_returned_rows", "100000"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        address = f"http://127.0.0.1:{port}/{case_path.stem}/utterance.json?_size=max&_shape=array"
        for _ in range(100):
            try:
                with urllib.request.urlopen(address) as answer:
                    rows = json.load(answer)
                break
            except OSError:
                time.sleep(0.2)
        else:
            check("datasette: serves the case", False)
            return
        names, expected = rows_of(case, "utterance")
        found = [[row[name] for name in names] for row in rows]
        check("datasette: /utterance.json", ordered(found) == ordered(expected), f"{len(rows)} rows")
    finally:
        server.terminate()
        server.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="a folder with a case")
    parser.add_argument("--rapporteur", default="target/debug/rapporteur", help="the program")
    parser.add_argument("--required", action="store_true", help="fail where a client is not installed")
    arguments = parser.parse_args()
    case_path = next(iter(sorted(arguments.folder.glob("*.case"))), None)
    if case_path is None:
        sys.exit(f"error: {arguments.folder} holds no file that ends in .case")
    folder = arguments.folder / "exports"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()

    def export(*options):
        """Whether there was anything to export; written twice, it gives the same bytes."""
        command = [arguments.rapporteur, "export", str(case_path), *map(str, options)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode == 1:
            return False
        if done.returncode != 0:
            check(" ".join(command[1:]), False, done.stderr)
            return False
        path = Path(options[-1])
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        before = [file.read_bytes() for file in files]
        subprocess.run(command, capture_output=True, check=True)
        check(f"{options[1]}: the same bytes again", before == [file.read_bytes() for file in files])
        return True

    case = sqlite3.connect(f"file:{case_path}?mode=ro", uri=True)
    check_tables(export, case, folder)
    check_events(export, case, folder)
    check_annotations(export, case, folder)
    check_graphs(export, case, folder)
    check_timeline(export, case, folder)
    check_calendar(export, case, folder)
    check_datasette(case_path, case)
    is_incomplete = arguments.required and n_left_out > 0
    print("all is well" if n_failed == 0 else f"{n_failed} checks failed")
    sys.exit(n_failed > 0 or is_incomplete)


if __name__ == "__main__":
    main()
