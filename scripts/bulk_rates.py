#!/usr/bin/env python3
"""What does an article cost among ten thousand, a hundred thousand, a million? The standard library alone.

    cargo build --release --example drawn -p rapporteur-testkit && cargo build --release -p rapporteur-cli
    scripts/bulk_rates.py --work DIR [--sizes 10000,100000,1000000] [--minutes N] [--picture FILE.svg]

For each size the seeded grammar draws short articles with groups of copies (`drawn N 5 copies`), `rapporteur bulk` reads them into partitions,
and a second call relates them. Time of the processor and the most memory that was resident are what the kernel counts for the processes, so that
other work beside them costs little of what is measured; the time of the clock is kept too. A run can be stopped, by --minutes too: bulk goes on behind
the partitions that are done, and what each run took is added up in DIR/rates.json.
Prints a table in Markdown; --picture draws it.
"""

import argparse
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
STEPS = [("reading", ["--no-links"]), ("relating", [])]


def run(command: list[str], taken: dict, end: float) -> bool:
    """Runs a command until `end` at most, adds what it took, and tells whether it came to its end."""
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    stopped = False
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        if time.monotonic() > end and not stopped:
            stopped = True
            process.send_signal(signal.SIGTERM)
        time.sleep(0.05)
    taken["cpu"] += usage.ru_utime + usage.ru_stime
    taken["wall"] += time.monotonic() - begun
    taken["mib"] = max(taken["mib"], usage.ru_maxrss / 1024)
    if status and not stopped:
        sys.exit(f"{' '.join(command)} failed:\n{process.stderr.read().decode()[-2000:]}")
    return not stopped


def draw(drawn: str, n: int, path: pathlib.Path) -> None:
    if not path.exists():
        part = path.with_suffix(".part")
        with part.open("wb") as out:
            subprocess.run([drawn, str(n), "5", "copies"], stdout=out, check=True)
        part.rename(path)


def table(rates: dict) -> str:
    lines = ["| articles | reading, ms of a core each | relating, ms each | both | articles a second and core | peak memory |", "|---|---|---|---|---|---|"]
    first = None
    for size, steps in sorted(rates.items(), key=lambda entry: int(entry[0])):
        if not all(steps[name]["done"] for name, _ in STEPS):
            continue
        n = int(size)
        reading, relating = (steps[name]["cpu"] / n * 1000 for name, _ in STEPS)
        first = first or reading + relating
        peak = max(steps[name]["mib"] for name, _ in STEPS)
        lines.append(f"| {n:,} | {reading:.2f} | {relating:.3f} | {reading + relating:.2f} ({(reading + relating) / first:.2f} ×) | {1000 / (reading + relating):.0f} | {peak:,.0f} MiB |")
    return "\n".join(lines)


def picture(rates: dict) -> str:
    """Milliseconds of a core for an article, reading and relating, as bars for each size."""
    sizes = [size for size in sorted(rates, key=int) if all(rates[size][name]["done"] for name, _ in STEPS)]
    costs = [[rates[size][name]["cpu"] / int(size) * 1000 for name, _ in STEPS] for size in sizes]
    top = max((sum(cost) for cost in costs), default=1)
    width, height, left, base = 120 * len(sizes) + 90, 300, 60, 250
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
             f'<rect width="{width}" height="{height}" fill="#fff"/>', '<text x="10" y="20">ms of a core for an article</text>']
    for share in range(5):
        y = base - 200 * share / 4
        parts += [f'<line x1="{left}" x2="{width - 20}" y1="{y:.0f}" y2="{y:.0f}" stroke="#ddd"/>', f'<text x="{left - 8}" y="{y + 4:.0f}" text-anchor="end">{top * share / 4:.1f}</text>']
    for idx, (size, (reading, relating)) in enumerate(zip(sizes, costs)):
        x, tall, small = left + 25 + 120 * idx, 200 * reading / top, max(200 * relating / top, 1)
        parts += [f'<rect x="{x}" y="{base - tall:.1f}" width="70" height="{tall:.1f}" fill="#3b6ea5"/>',
                  f'<rect x="{x}" y="{base - tall - small:.1f}" width="70" height="{small:.1f}" fill="#d9822b"/>',
                  f'<text x="{x + 35}" y="{base + 18}" text-anchor="middle">{int(size):,}</text>']
    parts.append(f'<text x="{left + 25}" y="{base + 40}"><tspan fill="#3b6ea5">■ reading</tspan>  <tspan fill="#d9822b">■ relating</tspan></text></svg>')
    return "\n".join(parts) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=pathlib.Path, required=True, help="a folder for inputs, outputs and what was measured")
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--minutes", type=float, default=1e9, help="stop after so long; the same command goes on later")
    parser.add_argument("--binary", default=str(ROOT / "target/release/rapporteur"))
    parser.add_argument("--drawn", default=str(ROOT / "target/release/examples/drawn"))
    parser.add_argument("--picture", type=pathlib.Path)
    asked = parser.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    kept, end = asked.work / "rates.json", time.monotonic() + 60 * asked.minutes
    rates = json.loads(kept.read_text()) if kept.exists() else {}
    for size in asked.sizes.split(","):
        steps = rates.setdefault(size, {name: {"cpu": 0.0, "wall": 0.0, "mib": 0.0, "done": False} for name, _ in STEPS})
        pile = asked.work / f"{size}.jsonl"
        draw(asked.drawn, int(size), pile)
        for name, flags in STEPS:
            if steps[name]["done"]:
                continue
            command = [asked.binary, "bulk", str(pile), "--out", str(asked.work / size), *flags]
            steps[name]["done"] = run(command, steps[name], end)
            kept.write_text(json.dumps(rates, indent=1))
            if not steps[name]["done"]:
                print(table(rates))
                print(f"stopped in the midst of {name} {int(size):,}: the same command goes on", file=sys.stderr)
                return 3
    print(table(rates))
    if asked.picture:
        asked.picture.write_text(picture(rates))
    return 0


if __name__ == "__main__":
    sys.exit(main())
