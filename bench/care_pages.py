"""What a counselor's pages cost: the caseload with 100 and with 300 people of two years each, the session page, a report and its PDF.

`python -m bench.care_pages [postgres]` measures this part alone.
"""

import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.servers import environment, floor_database, prepare_site, python, serving
from bench.visitor import Visitor
from tests.database import postgres

ROUNDS, WARM = 40, 3
FLOOR = "beside care"
# Page -> whose caseload, address, times the floor, queries.
PAGES: dict[str, tuple[str, str, float | None, int | None]] = {
    "caseload, 100 people": ("few", "/care/", 12, 10),
    "caseload, 300 people": ("many", "/care/", None, 10),
    "session page": ("few", "/care/p/{}/session/", 15, 15),
    "report page, 90 days": ("few", "/care/p/{}/report/", None, None),
}
MOST_GROWTH, MOST_SECONDS = 2.5, 3.0


def measure(site: str, floor: Visitor, made: dict[str, Any]) -> dict[str, Visitor]:
    """Interleaved rounds after a few to warm up."""
    visitors = {who: Visitor(site, key) for who, key in made["sessions"].items()}
    for at in range(ROUNDS + WARM):
        if at == WARM:
            floor.times[FLOOR] = []
            for one in visitors.values():
                one.times.clear()
        for name, (who, path, _most, _queries) in PAGES.items():
            floor.timed(FLOOR, "/")
            visitors[who].timed(name, path.format(made["connection"]))
    return visitors


def count_queries(env: dict[str, str], made: dict[str, Any]) -> dict[str, int]:
    """Statements of each page, without BEGIN, SAVEPOINT and COMMIT."""
    counted: dict[str, int] = {}
    for who, key in made["sessions"].items():
        pages = {name: (path.format(made["connection"]), None) for name, (whose, path, _m, _q) in PAGES.items() if whose == who}
        asked = json.dumps({"session": key, "pages": pages})
        counted |= json.loads(python("-m", "bench.people", "queries", env=env, typed=asked))
    return counted


def report(visitors: dict[str, Visitor], floor: Visitor, queries: dict[str, int], pdf: list[float], made: dict[str, Any]) -> None:
    """A table of the pages, and the PDF's times."""
    base = statistics.median(floor.times[FLOOR])
    times = {name: visitors[who].times[name] for name, (who, *_more) in PAGES.items()}
    middle = {name: statistics.median(found) for name, found in times.items()}
    print(f"\n{made['rows']} rows of 300 people, written in {made['seconds']:.0f} s; floor beside: GET {base:.2f} ms\n")
    print("| page | ms (p95) | × floor | aim | queries | aim |\n|---|---|---|---|---|---|")
    for name, (_who, _path, most, most_queries) in PAGES.items():
        p95 = statistics.quantiles(times[name], n=20)[-1]
        cells = [
            f"{middle[name]:.1f} ({p95:.1f})",
            f"{middle[name] / base:.1f}",
            most or "–",
            queries.get(name, ""),
            most_queries or "–",
        ]
        print(f"| {name} | {' | '.join(map(str, cells))} |")
    few, many = list(PAGES)[:2]
    print(f"\n300 people ÷ 100 people: {middle[many] / middle[few]:.2f} (aim {MOST_GROWTH})")
    first, *rest = pdf
    print(
        f"PDF of 90 days, outside the request: {first:.2f} s at first, then {statistics.median(rest):.2f} s (aim {MOST_SECONDS:.0f})"
    )


def everything(env: dict[str, str], site: str, floor: Visitor) -> None:
    """Make the people, measure, and print."""
    made = json.loads(python("-m", "bench.care_people", env=env))
    visitors = measure(site, floor, made)
    pdf = json.loads(python("-m", "bench.care_people", "pdf", made["connection"], env=env))
    report(visitors, floor, count_queries(env, made), pdf, made)


def alone(address: str | None) -> None:
    """This part on one database, with servers of its own."""
    with tempfile.TemporaryDirectory(prefix="daybook-bench-") as folder:
        var = Path(folder)
        env, bare_env = environment(var, address), environment(var, floor_database(address, var) if address else None)
        prepare_site(env)
        key = python("-m", "bench.floor", env=bare_env)
        with serving("recovery_site.wsgi", env) as (site, _), serving("bench.floor:application", bare_env) as (bare, _):
            everything(env, site, Visitor(bare, key))


if __name__ == "__main__":
    if sys.argv[1:] == ["postgres"]:
        with postgres(durable=True) as server:
            alone(server)
    else:
        alone(None)
