"""Asks a running server as many clients would, and tells how long answers take, what failed, and what memory is used.

    python bench/synthetic.py /tmp/large --documents 1200
    python bench/serve_load.py /tmp/large --clients 64 --seconds 60

It starts `kg serve` itself, on a free port. 503 with Retry-After is an answer: the client comes again after that time.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from synthetic import ABOUT

import kg
from kg.query import named_queries
from kg.serve.settings import WORKERS
from kg.vocabulary import KG, RDFS

TYPED = ("省总", "heilongjiang", "hljzgh", "hrb", "技能", "人社局", "gongjiang", "xyz", "市总", "zhang")


@dataclass
class Tally:
    """What came back, by kind of request: seconds taken and statuses."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[tuple[str, int | str]] = field(default_factory=Counter)
    memory: list[tuple[float, int, int]] = field(default_factory=list)
    computing: tuple[float, float] = (0.0, 0.0)


def requests(out: Path) -> dict[str, list[tuple[str, dict[str, str]]]]:
    """Return what may be asked, by kind: path and parameters."""
    graph = kg.open(out).store
    chance = random.Random(1)

    def some(type_: str, what: str, number: int = 100) -> list[str]:
        query = f"SELECT DISTINCT ?s ?l {{ ?s a <{KG[type_]}> ; <{RDFS.label}> ?l }} LIMIT 5000"
        found = [row[what].value for row in graph.select(query)] or ["无"]
        return chance.sample(found, min(number, len(found)))

    sampled = [f"/{iri.removeprefix(graph.base)}" for type_ in ABOUT.values() for iri in some(type_, "s", 20)]
    one = "SELECT ?who ?what { ?who kg:leads ?what } LIMIT 50"
    group = "SELECT ?i (COUNT(*) AS ?n) { ?o kg:indicator ?i } GROUP BY ?i ORDER BY DESC(?n) LIMIT 20"
    text = "SELECT ?s { ?e kg:sentence ?s FILTER(CONTAINS(?s, '技能')) } LIMIT 20"
    found = {
        "/sparql small": [("/sparql", {"query": one})],
        "/sparql grouped": [("/sparql", {"query": group})],
        "/sparql text": [("/sparql", {"query": text})],
        "/api/search": [("/api/search", {"q": typed}) for typed in TYPED],
        "/id as Turtle": [(path, {"format": "turtle"}) for path in sampled],
        "/id as page": [(path, {}) for path in sampled],
        "start page": [("/", {})],
    }
    for name, known in named_queries().items():
        about = next((one.name for one in known.parameters if one.name in ABOUT), "")
        asked = [{about: label} for label in some(ABOUT[about], "l")] if about else [{}]
        found[f"question {name}"] = [(f"/api/queries/{name}", {**params, "rows": "1000"}) for params in asked]
    return found


async def client(
    base: str, wanted: dict[str, list[tuple[str, dict[str, str]]]], until: float, tally: Tally, seed: int
) -> None:
    """Ask one request after the other until the time is over."""
    chance = random.Random(seed)
    kinds = sorted(wanted)
    # Questions about the whole graph take seconds, and are asked now and then.
    weights = [0.05 if kind.startswith("question") and wanted[kind][0][1].keys() == {"rows"} else 1 for kind in kinds]
    async with httpx.AsyncClient(base_url=base, timeout=120, trust_env=False) as http:
        while time.monotonic() < until:
            (kind,) = chance.choices(kinds, weights)
            path, params = chance.choice(wanted[kind])
            accept = "text/html" if kind in ("/id as page", "start page") else "*/*"
            started = time.monotonic()
            try:
                answer = await http.get(path, params=params, headers={"Accept": accept})
            except httpx.HTTPError as error:
                tally.statuses[kind, type(error).__name__] += 1
                continue
            tally.statuses[kind, answer.status_code] += 1
            if answer.status_code == 503 and "retry-after" in answer.headers:
                await asyncio.sleep(float(answer.headers["retry-after"]))
            else:
                tally.seconds[kind].append(time.monotonic() - started)


async def watch(pid: int, until: float, tally: Tally) -> None:
    """Note the memory of the server and of its workers every few seconds."""
    begun = time.monotonic()
    while time.monotonic() < until:
        tally.memory.append((time.monotonic() - begun, resident([pid]), resident(children(pid))))
        await asyncio.sleep(5)


def computed(pids: Iterable[int]) -> float:
    """Return the seconds of processor time that processes have used (Linux)."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, encoding="utf-8").stdout
    return [int(one) for one in listed.split()]


def resident(pids: Iterable[int]) -> int:
    """Return the memory that processes hold, in MiB."""
    total = 0
    for pid in pids:
        listed = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, encoding="utf-8").stdout
        total += int(listed or 0)
    return total // 1024


async def load(base: str, pid: int, out: Path, clients: int, seconds: float) -> Tally:
    """Have clients ask for so many seconds."""
    wanted = requests(out)
    tally = Tally()
    # The names are indexed when the server starts; what is measured is a server that has started.
    httpx.get(f"{base}api/search?q=x", timeout=120, trust_env=False)
    started = computed([pid]), computed(children(pid))
    until = time.monotonic() + seconds
    await asyncio.gather(
        watch(pid, until, tally), *(client(base, wanted, until, tally, number) for number in range(clients))
    )
    tally.computing = (computed([pid]) - started[0], computed(children(pid)) - started[1])
    return tally


def report(tally: Tally) -> bool:
    """Print what came back and return whether nothing failed."""
    print(f"{'':40} {'answers':>8} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8}")
    for kind, taken in sorted(tally.seconds.items()):
        taken.sort()
        p95 = taken[int(len(taken) * 0.95)]
        print(
            f"{kind:40} {len(taken):8} {statistics.median(taken) * 1000:8.0f} {p95 * 1000:8.0f} {taken[-1] * 1000:8.0f}"
        )
    statuses: Counter[int | str] = Counter()
    for (_, status), number in tally.statuses.items():
        statuses[status] += number
    print("statuses:", dict(statuses))
    print("memory, MiB (seconds: server, workers):", ", ".join(f"{at:.0f}: {a}, {b}" for at, a, b in tally.memory))
    server, workers = tally.computing
    print(f"processor time: {server:.1f} s in the server, {workers:.1f} s in its workers")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    failures = {key: number for key, number in tally.statuses.items() if key[1] not in (200, 503)}
    if failures:
        print("failures:", failures)
    return not failures


def main() -> int:
    """Start a server, ask it, and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path, help="folder of a build or of bench/synthetic.py")
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=WORKERS)
    given = parser.parse_args()
    command = [sys.executable, "-m", "kg", "serve", "--store", str(given.store), "--port", "0"]
    with subprocess.Popen([*command, "--workers", str(given.workers)], stdout=subprocess.PIPE) as server:
        assert server.stdout
        base = server.stdout.readline().decode().split()[0]
        try:
            tally = asyncio.run(load(base, server.pid, given.store, given.clients, given.seconds))
        finally:
            server.terminate()
    return 0 if report(tally) else 1


if __name__ == "__main__":
    sys.exit(main())
