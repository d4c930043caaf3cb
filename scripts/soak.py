#!/usr/bin/env python3
"""Asks a server and the tools for language models for long and tells whether their memory stays flat. The standard library alone.

    scripts/soak.py BINARY --minutes 60

A case of invented articles is made, `rapporteur serve` and `rapporteur mcp` are started over it, and then rounds follow each
other: questions to the API, pages, SQL, malformed requests (those of malformed_requests.py), calls of tools, articles that are
dropped in and purged again some rounds later, a correction that is undone, now and then all exports and
a check of the case. Memory is what the kernel says is resident, sampled after each round.

What a question takes for a moment, and answers that are kept until the case changes, make the samples go up and down; what is never given
back lifts the lowest of them. Flat means: after the warm-up (the first quarter), the line of least squares through the lowest sample of each
minute rises by less than --bound-mib an hour, and no sample is above --max-mib. Exit code 1 where memory is not flat, where an answer is not as it
must be, or where a process has ended.
"""

import argparse
import json
import math
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

from malformed_requests import request as malformed
from malformed_requests import resident_kib, send

PEOPLE = ["Mara Tellin", "Oren Vale", "Ilsa Brandt", "Dorin Kesh", "Petra Vasik", "Juno Arden"]
PLACES = ["Karsk", "Veldria", "Lysmar", "Halsk", "Meridia", "Ostrava Bay"]
ISSUES = ["the customs house", "the strait", "the cargo count", "the prisoners", "the grain deal", "the ceasefire"]
SAID = ["said", "demanded", "warned", "denied", "promised", "told reporters"]
TAILS = ["must be settled before the talks go on", "will not be given up", "was never part of the agreement",
         "costs 40 lives a month", "would be open from 14 March", "is a matter for both sides"]
PATHS = ["brief", "actors", "positions", "timeline", "tensions", "utterances", "articles", "changes", "runs", "corrections"]
PAGES = ["/", "/positions", "/statements", "/timeline", "/sources", "/tensions", "/actors", "/changes", "/corrections", "/add", "/help",
         "/brief/brief.html", "/brief/brief.docx", "/brief/brief.json"]
SQL = ["SELECT count(*) FROM utterance", "SELECT party, words FROM utterance LIMIT 50", "SELECT * FROM timeline LIMIT 20",
       "SELECT location, length(text) FROM article ORDER BY location LIMIT 100", "SELECT kind, count(*) FROM tension GROUP BY kind"]
TOOLS = [("search_statements", {"query": "class:demand", "limit": 5}), ("positions", {}), ("timeline", {"limit": 20}), ("tensions", {}),
         ("lineage", {"limit": 20}), ("context_pack", {"budget": 5000, "unit": "characters"}), ("positions", {"nonsense": 1}),
         ("verify_quotes", {"text": 'Mara Tellin said: "The strait will not be given up."'})]
FORMATS = [["csv"], ["jsonl"], ["parquet"], ["plover"], ["cameo"], ["gdelt"], ["annotations"], ["graphml"], ["timelinejs"], ["ical"]]
# Rounds between articles that come in, and how many of them stay before the first is purged. Every writing adds a line to the log of the
# case, which is never forgotten; with few of them the case grows little.
N_ADD, N_STAY = 10, 5
# Rounds between corrections.
N_CORRECT = 10
# Rounds between exports.
N_EXPORTS = 12


def article(draw: random.Random, number: int) -> str:
    """An article that nobody wrote, with sentences of others where it copies."""
    lines = [f"Talks in {draw.choice(PLACES)}: {draw.choice(ISSUES)} again (report {number})", "",
             f"Published: {draw.randrange(1, 29)} March 2031", ""]
    for _ in range(draw.randrange(4, 9)):
        person, place, issue = draw.choice(PEOPLE), draw.choice(PLACES), draw.choice(ISSUES)
        lines.append(draw.choice([
            f"{person} of {place} {draw.choice(SAID)} on Monday that {issue} {draw.choice(TAILS)}.",
            f"“{issue.capitalize()} {draw.choice(TAILS)},” {person} {draw.choice(SAID)}. The delegation of {place} left at {draw.randrange(1, 12)} p.m.",
            f"According to officials in {place}, {issue} {draw.choice(TAILS)}; {draw.randrange(2, 90)} ships were held back.",
        ]))
    return "\n\n".join(lines) + "\n"


class Server:
    """`rapporteur serve` with what a browser and a program would ask of it."""

    def __init__(self, binary: str, case: pathlib.Path, log: pathlib.Path):
        self.log = log
        self.process = subprocess.Popen([binary, "serve", str(case), "--port", "0", "--author", "soak"], stderr=log.open("wb"))
        for _ in range(200):
            if found := re.search(r" at http://([^/]+)/", log.read_text()):
                break
            time.sleep(0.1)
        else:
            sys.exit("the server does not start")
        self.host = found[1]
        self.address = (self.host.rsplit(":", 1)[0], int(self.host.rsplit(":", 1)[1]))
        self.token = re.search(r'name="token" value="([0-9a-f]+)"', self.get("/add").decode())[1]

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"http://{self.host}{path}", timeout=120) as answer:
            return answer.read()

    def post(self, path: str, body: bytes, kind: str) -> None:
        headers = {"Content-Type": kind, "Origin": f"http://{self.host}"}
        urllib.request.urlopen(urllib.request.Request(f"http://{self.host}{path}", body, headers), timeout=120).read()

    def form(self, path: str, **fields: str) -> None:
        self.post(path, urllib.parse.urlencode({"token": self.token, **fields}).encode(), "application/x-www-form-urlencoded")

    def sql(self, question: str) -> list:
        return json.loads(self.get("/api/v1/sql?" + urllib.parse.urlencode({"q": question})))["answer"]["rows"]

    def drop_in(self, files: dict[str, bytes]) -> None:
        """Files come in as from a browser; waits until those that are articles are there."""
        edge = b"soak-boundary"
        parts = [b'Content-Disposition: form-data; name="token"\r\n\r\n' + self.token.encode()]
        for name, text in files.items():
            parts.append(f'Content-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode() + text)
        body = b"".join(b"--" + edge + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + edge + b"--\r\n"
        for _ in range(100):
            try:
                self.post("/add", body, f"multipart/form-data; boundary={edge.decode()}")
                break
            except urllib.error.HTTPError as error:
                # The files before are there a moment before their run has ended.
                if b"other files are being read" not in error.read():
                    raise
                time.sleep(0.2)
        wanted = sum(name.endswith(".txt") for name in files)
        names = ", ".join(f"'{name}'" for name in files)
        for _ in range(600):
            if self.sql(f"SELECT count(*) FROM article WHERE location IN ({names})") == [[wanted]]:
                return
            time.sleep(0.2)
        raise RuntimeError(f"{names} did not come in")


class Tools:
    """`rapporteur mcp`, called line by line."""

    def __init__(self, binary: str, case: pathlib.Path):
        self.process = subprocess.Popen([binary, "mcp", str(case)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.number = 0
        about = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "soak", "version": "1"}}
        self.call("initialize", about)
        self.write({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def write(self, message: dict) -> None:
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()

    def call(self, method: str, parameters: dict) -> dict:
        self.number += 1
        self.write({"jsonrpc": "2.0", "id": self.number, "method": method, "params": parameters})
        while line := self.process.stdout.readline():
            answer = json.loads(line)
            if answer.get("id") == self.number:
                return answer
        raise RuntimeError("the tools have ended")


class Soak:
    def __init__(self, asked: argparse.Namespace, folder: pathlib.Path):
        self.asked, self.folder = asked, folder
        self.draw = random.Random(asked.seed)
        self.case, self.binary = folder / "soak.case", os.path.abspath(asked.binary)
        self.counts = dict.fromkeys(["questions", "pages", "malformed", "calls of tools", "articles in", "articles purged", "corrections", "exports"], 0)
        self.problems: list[str] = []
        self.stay: list[str] = []
        self.n_malformed = 0
        pile = folder / "pile"
        pile.mkdir()
        for number in range(asked.articles):
            (pile / f"first-{number:04}.txt").write_text(article(self.draw, number))
        self.command("read", str(pile), "--case", str(self.case))
        self.server = Server(self.binary, self.case, folder / "log")
        self.tools = Tools(self.binary, self.case)

    def command(self, *arguments: str) -> None:
        for _ in range(50):
            ran = subprocess.run([self.binary, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            # An article is there a moment before the run that read it has ended.
            if b"another run writes" not in ran.stderr:
                break
            time.sleep(0.2)
        if ran.returncode not in (0, 1):
            self.problems.append(f"{arguments[0]}: {ran.stderr.decode()[:300]}")

    def count(self, what: str) -> None:
        self.counts[what] += 1

    def round(self, number: int) -> None:
        draw, server = self.draw, self.server
        for _ in range(15):
            path = draw.choice(PATHS)
            limit = f"?limit={draw.randrange(1, 200)}" if path in ("actors", "positions", "timeline", "tensions", "utterances", "articles") else ""
            json.loads(server.get(f"/api/v1/{path}{limit}"))
            words = urllib.parse.quote(draw.choice(PLACES + PEOPLE + ["class:demand", "speaker:vale", '"customs house"', f"{draw.randrange(999)}"]))
            json.loads(server.get(f"/api/v1/search?q={words}&limit={draw.randrange(1, 50)}"))
            server.sql(draw.choice(SQL))
            self.counts["questions"] += 3
        for page in draw.sample(PAGES, 6):
            server.get(page)
            self.count("pages")
        for _ in range(10):
            data, is_cut_off = malformed(draw, server.host, self.n_malformed)
            self.n_malformed += 1
            answer = send(server.address, data, 60, is_cut_off)
            # 503 is what too much at once is told.
            if answer.startswith(b"HTTP/1.1 5") and not answer.startswith(b"HTTP/1.1 503"):
                self.problems.append(f"{answer[:12]!r} to {data[:200]!r}")
            self.count("malformed")
        for name, arguments in draw.sample(TOOLS, 5):
            self.tools.call("tools/call", {"name": name, "arguments": arguments})
            self.count("calls of tools")

        if number % N_ADD == 0:
            self.change(number)
        if number % N_CORRECT == 0:
            self.correct(number)
        if number % N_EXPORTS == 0:
            for n, (form,) in enumerate(FORMATS):
                out = self.folder / f"{form}-{number}-{n}"
                self.command("export", str(self.case), "--format", form, "--out", str(out))
                self.count("exports")
                subprocess.run(["rm", "-r", str(out)], stderr=subprocess.DEVNULL)
            self.command("check", str(self.case))

    def change(self, number: int) -> None:
        """An article comes in, beside bytes that are none, and an earlier one is purged."""
        name = f"soak-{number}.txt"
        self.server.drop_in({name: article(self.draw, number).encode(), f"noise-{number}.bin": self.draw.randbytes(5_000)})
        self.stay.append(name)
        self.count("articles in")
        if len(self.stay) > N_STAY:
            self.command("purge", str(self.case), self.stay.pop(0), "--author", "soak")
            self.count("articles purged")

    def correct(self, number: int) -> None:
        """A note is made and taken back."""
        items = json.loads(self.server.get("/api/v1/utterances?limit=20"))["answer"]["items"]
        self.server.form("/corrections", act="note", item=self.draw.choice(items)["id"], text=f"note {number}", back="/statements")
        undo = re.search(r'action="/corrections/([^"]+)/undo"', self.server.get("/corrections").decode())
        self.server.form(f"/corrections/{undo[1]}/undo", back="/corrections")
        self.counts["corrections"] += 2

    def run(self) -> int:
        begun = time.monotonic()
        samples: list[tuple[float, int, int, int, int]] = []
        number, told = 0, -1e9
        print("minute  rounds  server MiB  tools MiB  server files  case MiB", flush=True)
        while (minutes := (time.monotonic() - begun) / 60) < self.asked.minutes:
            try:
                self.round(number)
            except (OSError, RuntimeError, KeyError, TypeError, ValueError) as error:
                self.problems.append(f"round {number}: {error!r}")
            ended = [p.pid for p in (self.server.process, self.tools.process) if p.poll() is not None]
            if ended or len(self.problems) > 20:
                self.problems.append(f"ended: {ended}")
                break
            number += 1
            pid = self.server.process.pid
            n_files = len(os.listdir(f"/proc/{pid}/fd"))
            samples.append((minutes, resident_kib(pid), resident_kib(self.tools.process.pid), n_files, self.case.stat().st_size))
            if minutes - told >= self.asked.every:
                told = minutes
                at, server, tools, n_files, n_bytes = samples[-1]
                print(f"{at:6.1f}  {number:6}  {server / 1024:10.1f}  {tools / 1024:9.1f}  {n_files:12}  {n_bytes / 2**20:8.1f}", flush=True)
            time.sleep(self.asked.pause)
        return self.tell(samples)

    def tell(self, samples: list) -> int:
        print(", ".join(f"{n:,} {what}" for what, n in self.counts.items()))
        warm = [sample for sample in samples if sample[0] >= self.asked.minutes / 4]
        for place, name in [(1, "server"), (2, "tools")]:
            if len(warm) < 8 or warm[-1][0] - warm[0][0] < 2:
                self.problems.append("too few samples after the warm-up")
                break
            values = sorted(sample[place] / 1024 for sample in warm)
            lows: dict[int, float] = {}
            for sample in warm:
                minute = int(sample[0])
                lows[minute] = min(sample[place] / 1024, lows.get(minute, math.inf))
            rise, rise_of_all = (slope([at / 60 for at, _ in points], [mib for _, mib in points])
                                 for points in (list(lows.items()), [(sample[0], sample[place] / 1024) for sample in warm]))
            is_flat = rise < self.asked.bound_mib and values[-1] <= self.asked.max_mib
            print(f"{name}: after the warm-up {values[0]:.1f} to {values[-1]:.1f} MiB (at most {self.asked.max_mib:g}), median {values[len(values) // 2]:.1f}; the lowest of "
                  f"each minute {rise:+.1f} MiB an hour (less than {self.asked.bound_mib:g}), all samples {rise_of_all:+.1f}: {'flat' if is_flat else 'NOT FLAT'}")
            if not is_flat:
                self.problems.append(f"memory of the {name} is not flat")
        for problem in self.problems:
            print("PROBLEM", problem)
        return 1 if self.problems else 0


def slope(xs: list[float], ys: list[float]) -> float:
    """Of the line of least squares."""
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / sum((x - mean_x) ** 2 for x in xs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--articles", type=int, default=150, help="articles of the case at first")
    parser.add_argument("--bound-mib", type=float, default=8, help="how fast the lowest memory may rise, in MiB an hour")
    parser.add_argument("--max-mib", type=float, default=256, help="what memory may never be above, in MiB")
    parser.add_argument("--every", type=float, default=3, help="minutes between lines of the table")
    parser.add_argument("--pause", type=float, default=1, help="seconds between rounds")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        soak = Soak(asked, pathlib.Path(folder))
        try:
            return soak.run()
        finally:
            for process in (soak.server.process, soak.tools.process):
                process.kill()
                process.wait()


if __name__ == "__main__":
    sys.exit(main())
