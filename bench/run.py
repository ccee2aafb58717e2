"""`make bench`: median, 95th percentile, ratio to the floor, queries, memory and bytes of every important page."""

import gzip
import json
import re
import statistics
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from bench import care_pages, insight_pages
from bench.servers import environment, floor_database, prepare_site, python, serving, worker_memory
from bench.visitor import Visitor
from tests.database import postgres

ROUNDS = 120
YESTERDAY = date.today() - timedelta(days=1)
# The measured POSTs go to a day that no measured page shows: Today keeps its empty check-in form, the dearest it can be.
LAST_WEEK = date.today() - timedelta(days=9)
AIMS = {
    "Today": 6.5, "journal list": 6, "day timeline": 6, "goal": None, "library page": 2, "check-in POST": 3.5, "craving POST": 3.5,
    "search POST": None,
}  # fmt: skip
FIRST_VISITS = ("/today/", "/learn/craving/", "/insights/", "/insights/?p=all")


def pages_of(goal: str) -> dict[str, tuple[str, dict | None]]:
    """Every measured page: its address, and for a POST its form."""
    then = {"when": "other", "day": str(LAST_WEEK), "at": "12:00"}
    craving = then | {
        "id": str(uuid.uuid4()),
        "intensity": "5",
        "triggers": ["argument"],
        "strategies": ["ride-the-wave"],
        "note": "bench",
    }
    return {
        "Today": ("/today/", None),
        "journal list": ("/journal/", None),
        "day timeline": (f"/history/?d={YESTERDAY}", None),
        "goal": (f"/goals/{goal}/", None),
        "library page": ("/learn/craving/", None),
        "check-in POST": ("/log/check-in/", then | {"id": str(uuid.uuid4()), "mood": "3", "craving": "4", "note": "bench"}),
        "craving POST": ("/log/craving/", craving),
    }


def one_round(visitor: Visitor, goal: str, bytes_of: dict[str, int]) -> None:
    """Every page once."""
    for name, (path, data) in pages_of(goal).items():
        content = visitor.timed(name, path, data)
        if data is None:
            bytes_of[name] = len(gzip.compress(content))


def first_visit(visitor: Visitor, path: str) -> int:
    """Compressed bytes of a page with everything it asks for, as a browser with an empty cache gets them."""
    _status, content = visitor.ask(path)
    files = set(re.findall(rb'(?:src|href)="(/static/[^"#]+)', content))
    return len(gzip.compress(content)) + sum(len(gzip.compress(visitor.ask(name.decode())[1])) for name in files)


def prepare(env: dict[str, str]) -> dict:
    """The site, and the three people."""
    prepare_site(env)
    return json.loads(python("-m", "bench.people", env=env))


@contextmanager
def everything(site_env: dict[str, str], floor_env: dict[str, str]) -> Iterator[tuple]:
    """Both servers with their visitors."""
    people = prepare(site_env)
    floor_session = python("-m", "bench.floor", env=floor_env)
    with serving("recovery_site.wsgi", site_env) as (site, site_pid), serving("bench.floor:application", floor_env) as (bare, _):
        visitors = {name: (Visitor(site, who["session"]), who["goal"]) for name, who in people.items()}
        yield people, visitors, Visitor(bare, floor_session), site_pid


def median(times: list[float]) -> float:
    return statistics.median(times)


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def report(title: str, people: dict, visitors: dict, floor: Visitor, sizes: dict, memory: dict, queries: dict) -> None:
    """One table a database."""
    get, post = median(floor.times["GET"]), median(floor.times["POST"])
    print(f"\n## {title}\n\nfloor: GET {get:.2f} ms, POST {post:.2f} ms; rows: { {n: p['rows'] for n, p in people.items()} }")
    print("worker memory: " + ", ".join(f"{name} {mb:.0f} MB" for name, mb in memory.items()) + "\n")
    print(
        "| page | 30 days ms (p95) | 10 years ms (p95) | × floor | aim | 10 y ÷ 30 d | queries | gzip bytes |\n|---|---|---|---|---|---|---|---|"
    )
    short, long = (visitors[name][0].times for name in ("30 days", "10 years"))
    for name, aim in AIMS.items():
        base = post if "POST" in name else get
        a, b = median(short[name]), median(long[name])
        cells = [f"{a:.2f} ({p95(short[name]):.2f})", f"{b:.2f} ({p95(long[name]):.2f})", f"{b / base:.1f}"]
        print(f"| {name} | {' | '.join(cells)} | {aim or '–'} | {b / a:.2f} | {queries.get(name, '')} | {sizes.get(name, '')} |")


def measure(title: str, site_env: dict[str, str], floor_env: dict[str, str]) -> None:
    """Interleaved rounds: floor, 30 days, 10 years, floor, …"""
    sizes: dict[str, int] = {}
    memory: dict[str, float] = {}
    with everything(site_env, floor_env) as (people, visitors, floor, pid):
        for _ in range(6):
            for visitor, goal in visitors.values():
                one_round(visitor, goal, sizes)
            floor.ask("/"), floor.ask("/", {})
        for visitor, _goal in visitors.values():
            visitor.times.clear()
        memory["at the start"] = worker_memory(pid)
        for _ in range(ROUNDS):
            for visitor, goal in visitors.values():
                floor.timed("GET", "/")
                floor.timed("POST", "/", {})
                one_round(visitor, goal, sizes)
        memory["after all rounds"] = worker_memory(pid)
        insight_pages.measure(visitors, floor)
        for visitor, _goal in visitors.values():
            for _ in range(5):
                visitor.timed("search POST", "/journal/search/", {"words": "canal"})
        memory["after searching ten years"] = worker_memory(pid)
        visitor, goal = visitors["10 years"]
        asked = json.dumps({"session": visitor.session, "pages": pages_of(goal) | insight_pages.PAGES})
        queries = json.loads(python("-m", "bench.people", "queries", env=site_env, typed=asked))
        report(title, people, visitors, floor, sizes, memory, queries)
        insight_pages.report(visitors, floor, queries)
        print(
            "first visit, compressed: " + ", ".join(f"{path} {first_visit(visitor, path) / 1024:.1f} KB" for path in FIRST_VISITS)
        )
        care_pages.everything(site_env, visitor.address, floor)


def main() -> int:
    """SQLite, then PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="daybook-bench-") as folder:
        sqlite, floor = Path(folder) / "sqlite", Path(folder) / "floor"
        for path in (sqlite, floor):
            path.mkdir()
        measure("SQLite", environment(sqlite, None), environment(floor, None))
        with postgres(durable=True) as address:
            var = Path(folder) / "postgres"
            var.mkdir()
            measure("PostgreSQL", environment(var, address), environment(var, floor_database(address, var)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
