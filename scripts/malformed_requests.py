#!/usr/bin/env python3
"""Sends malformed requests to a running `rapporteur serve` and tells whether it stands.

Raw sockets and the standard library alone: bad verbs, huge headers, bad percent-encodings, bodies that are cut off, NULs,
addresses that are too long, random bytes, odd parameters, SQL of all sorts. What is sent is drawn from a seed. Afterwards the
server must answer as before, must not have answered 5xx to anything, and its memory must not have grown without bound.

    scripts/malformed_requests.py 127.0.0.1:8017 --pid 4711 --requests 10000
"""

import argparse
import json
import random
import socket
import sys
import threading
import time
import urllib.parse

PATHS = ["brief", "actors", "positions", "timeline", "tensions", "utterances", "search", "items/", "items/x%2fy", "articles",
         "changes", "runs", "corrections", "sql", "openapi.json", "", "nothing", "../../etc/passwd", "%2e%2e/sql"]
NAMES = ["who", "kind", "issue", "from", "to", "limit", "offset", "q", "article", "since", "orphaned", "x", "", "limit[]",
         "\u202elimit", "q\0"]
VALUES = ["", "0", "-1", "1e9", "99999999999999999999", "NaN", "null", "true", "%", "%zz", "%ff", "%00", "%F0%9F%98%80",
          "a" * 2000, "'; DROP TABLE _article; --", "speaker:", "\"", "from:yesterday", "2024-02-31", "2024-99", "٣", "%0d%0aX: y",
          "(" * 500, "*" * 500, "NEAR(", "a b c d e f g h", "\"boats\" speaker:Vale"]
VERBS = ["FOO", "get", "POST", "PUT", "DELETE", "TRACE", "PATCH", "OPTIONS", "G\0T", "CONNECT", ""]
SQL = ["", ";", "SELECT", "SELECT 1; SELECT 2", "PRAGMA table_list", "ATTACH 'x' AS y", "DROP TABLE _article", "VACUUM",
       "INSERT INTO article VALUES (1)", "SELECT * FROM sqlite_master", "SELECT * FROM _article", "SELECT load_extension('x')",
       "SELECT readfile('/etc/passwd')", "EXPLAIN SELECT 1", "SELECT zeroblob(1000000000)", "SELECT randomblob(30000000)",
       "SELECT text FROM article", "SELECT * FROM place, place, place", "SELECT 9e999, -9e999, x'00ff', NULL",
       "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c LIMIT 6000",
       "SELECT json('[' || '1,' || ']')", "SELECT '\0'", "SELECT " + "(" * 2000 + "1" + ")" * 2000, "SELECT " + ",".join("1" * 3000),
       "SELECT printf('%*d', 100000000, 1)", "SELECT group_concat(text) FROM article", "BEGIN", "SELECT ?1", "SELECT :a",
       "SELECT count(*) FROM article WHERE text LIKE '%a%e%i%o%u%'", "SELECT 'a' REGEXP 'b'", "SELECT first_day(1), last_day(x'00')",
       "SELECT has_words(NULL, 1)", "\ufeffSELECT 1", "SELECT 1 --", "/* ", "SELECT hex(zeroblob(4000000))",
       "SELECT instr(hex(zeroblob(8000000)), hex(zeroblob(4000000)) || '1')",
       "SELECT hex(zeroblob(400000)) LIKE '%' || hex(zeroblob(20000)) || '1'"]
# One of these takes seconds: few of them are sent.
SLOW_SQL = ["WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c",
            "SELECT count(*) FROM place a, place b, place c, place d, place e"]


def noise(draw: random.Random, n: int) -> bytes:
    return bytes(draw.randrange(256) for _ in range(n))


def head(host: str, line: str, headers: dict[str, str] | None = None) -> bytes:
    fields = {"Host": host, "Connection": "close", **(headers or {})}
    lines = [line, *(f"{name}: {value}" for name, value in fields.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")


def request(draw: random.Random, host: str, n: int) -> tuple[bytes, bool]:
    """One request that should not be as it is, and whether more of it would have to come."""
    path = "/api/v1/" + draw.choice(PATHS)
    query = "&".join(f"{draw.choice(NAMES)}={draw.choice(VALUES)}" for _ in range(draw.randrange(4)))
    address = f"{path}?{query}" if query else path
    post = {"Content-Type": "application/json"}

    def sql(question: str) -> bytes:
        if draw.random() < 0.5:
            quoted = urllib.parse.quote(question, safe="")
            return head(host, f"GET /api/v1/sql?q={quoted} HTTP/1.1")
        body = json.dumps({"q": question}).encode()
        return head(host, "POST /api/v1/sql HTTP/1.1", {**post, "Content-Length": str(len(body))}) + body

    def body(text: bytes, length: int | None = None, more: dict[str, str] | None = None) -> bytes:
        length = len(text) if length is None else length
        return head(host, "POST /api/v1/sql HTTP/1.1", {**post, "Content-Length": str(length), **(more or {})}) + text

    whole = [
        lambda: head(host, f"GET {address} HTTP/1.1"),
        lambda: head(host, f"{draw.choice(VERBS)} {address} HTTP/1.1"),
        lambda: head(host, f"GET {address} HTTP/{draw.choice(['0.9', '1.0', '1.2', '2.0', '9', 'x', ''])}"),
        lambda: head(host, f"GET {path} HTTP/1.1", {"X-Long": "a" * draw.choice([10_000, 100_000, 600_000])}),
        lambda: head(host, f"GET {path} HTTP/1.1", {f"X-{i}": "a" for i in range(draw.choice([50, 150, 2_000]))}),
        lambda: head(host, f"GET {path}?q={'a' * draw.choice([5_000, 60_000, 300_000])} HTTP/1.1"),
        lambda: head(host, f"GET /api/v1/items/{'%41' * draw.choice([500, 5_000])} HTTP/1.1"),
        lambda: head(host, f"GET {path}%{noise(draw, 1).hex()}%zz HTTP/1.1"),
        lambda: head(draw.choice(["evil.example", "", "127.0.0.1", "127.0.0.1:1", host + "\0", host + " x", "[::1", "a" * 5000]), f"GET {path} HTTP/1.1"),
        lambda: head(host, f"GET {path} HTTP/1.1", {"Origin": draw.choice(["http://evil.example", "null", "", f"http://{host}", "\0"])}),
        lambda: head(host, f"GET {path} HTTP/1.1", {"Sec-Fetch-Site": draw.choice(["cross-site", "same-site", "none", "x" * 999])}),
        lambda: b"GET /api/v1/" + noise(draw, 40) + b" HTTP/1.1\r\nHost: " + host.encode() + b"\r\n\r\n",
        lambda: sql(draw.choice(SQL)),
        lambda: sql("".join(draw.choice(SQL) + draw.choice([" ", ";", "\n", "'", "\"", "UNION "]) for _ in range(3))),
        lambda: sql("SELECT " + noise(draw, 50).decode("latin-1")),
        lambda: body(b'{"q": "SEL', 10),
        lambda: body(draw.choice([b"[]", b"null", b"1", b'"a"', b'{"q": 1}', b'{"q": "a", "x": 1}', b'["SELECT 1"]', b"[" * 5000, b"\xff", b"{}"])),
        lambda: body(b'{"q": "' + b"a" * draw.choice([100_000, 400_000]) + b'"}'),
        lambda: head(host, "POST /api/v1/sql HTTP/1.1", {"Content-Type": draw.choice(["text/plain", "", "a" * 999, "application/json;" * 99]), "Content-Length": "2"}) + b"{}",
    ]
    cut_off = [
        lambda: noise(draw, draw.randrange(1, 2_000)),
        lambda: head(host, f"GET {address} HTTP/1.1")[: draw.randrange(1, 60)],
        lambda: b"\0" * draw.randrange(1, 5_000),
        lambda: body(b'{"q": "SELECT 1"', 100),
        lambda: body(b"x", draw.choice([-1, 10**12, 10**25])),
        lambda: body(b"5\r\n{\"q\":\r\nzz\r\n", None, {"Transfer-Encoding": "chunked"}),
    ]
    if n % 2_500 == 1_249:
        return sql(draw.choice(SLOW_SQL)), False
    is_cut_off = draw.random() < 0.25
    return draw.choice(cut_off if is_cut_off else whole)(), is_cut_off


def send(address: tuple[str, int], data: bytes, timeout: float, hangs_up: bool = False) -> bytes:
    """What the server says to some bytes; nothing where it says nothing."""
    answer = b""
    try:
        with socket.create_connection(address, timeout=timeout) as connection:
            connection.settimeout(timeout)
            try:
                connection.sendall(data)
                # Whoever hangs up while he waits gets nothing.
                if hangs_up:
                    connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            while len(answer) < 200 and (part := connection.recv(65_536)):
                answer += part
            while connection.recv(65_536):
                pass
    except ConnectionRefusedError:
        raise
    except OSError:
        pass
    return answer


def resident_kib(pid: int | None) -> int | None:
    if pid is None:
        return None
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    except OSError:
        return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address", help="HOST:PORT of the server")
    parser.add_argument("--pid", type=int, help="process of the server, for its memory (Linux)")
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--max-growth-mib", type=int, default=512)
    asked = parser.parse_args()
    host, port = asked.address.rsplit(":", 1)
    address = (host, int(port))

    def brief() -> bytes:
        return send(address, head(asked.address, "GET /api/v1/brief HTTP/1.1"), 30)

    first = brief()
    if not first.startswith(b"HTTP/1.1 200"):
        print("the server does not answer", file=sys.stderr)
        return 2
    counts: dict[str, int] = {}
    failures: list[str] = []
    memory: list[int] = []
    lock = threading.Lock()
    numbers = iter(range(asked.requests))

    def work() -> None:
        while True:
            with lock:
                n = next(numbers, None)
            if n is None:
                return
            draw = random.Random(asked.seed * 1_000_003 + n)
            data, is_cut_off = request(draw, asked.address, n)
            # One in fifty stays and says no more.
            stays = is_cut_off and draw.random() < 0.02
            begun = time.monotonic()
            try:
                answer = send(address, data, 12 if stays else 60, is_cut_off and not stays)
            except ConnectionRefusedError:
                with lock:
                    failures.append(f"request {n}: nobody listens any more")
                return
            took = time.monotonic() - begun
            status = answer[9:12].decode("latin-1") if answer.startswith(b"HTTP/") else "none"
            with lock:
                counts[status] = counts.get(status, 0) + 1
                if status.startswith("5"):
                    failures.append(f"request {n}: {status} to {data[:200]!r}")
                if took > 55:
                    failures.append(f"request {n}: no answer for {took:.0f} s to {data[:200]!r}")
                if n % 500 == 0 and (kib := resident_kib(asked.pid)) is not None:
                    memory.append(kib // 1024)

    begun = time.monotonic()
    threads = [threading.Thread(target=work) for _ in range(asked.threads)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - begun
    body = brief().split(b"\r\n\r\n", 1)[-1]
    if body[:200] != first.split(b"\r\n\r\n", 1)[-1][:200]:
        failures.append("the server does not answer as before")
    print(f"{asked.requests} requests in {took:.0f} s, by status: {dict(sorted(counts.items()))}")
    if memory:
        print(f"memory in MiB, every 500 requests: {memory}")
        # What the first thousand leave behind is caches; the rest must not go on growing.
        if len(memory) > 4 and memory[-1] - memory[2] > asked.max_growth_mib:
            failures.append(f"memory grew from {memory[2]} to {memory[-1]} MiB")
    for failure in failures[:20]:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
