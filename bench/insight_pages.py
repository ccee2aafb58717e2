"""What `/insights/` costs, and how it grows from a year of logs to ten."""

import gzip
import re
import statistics
from typing import Any

ROUNDS = 60
# Each page with its aims: times the floor, growth from one year to ten.
PAGES: dict[str, tuple[str, None]] = {"insights, 90 days": ("/insights/", None), "insights, all": ("/insights/?p=all", None)}
AIMS = {"insights, 90 days": (8, 1.15), "insights, all": (15, 1.5)}
LONG = ("1 year", "10 years")


def measure(visitors: dict[str, Any], floor: Any) -> None:
    """Interleaved rounds after a few to warm up."""
    for at in range(ROUNDS + 4):
        if at == 4:
            floor.times["beside insights"] = []
            for name in LONG:
                visitors[name][0].times |= {page: [] for page in PAGES}
        for person in LONG:
            floor.timed("beside insights", "/")
            for page, (path, _data) in PAGES.items():
                visitors[person][0].timed(page, path)


def charts(visitor: Any, path: str) -> list[int]:
    """Compressed bytes of every chart on a page."""
    _status, content = visitor.ask(path)
    return [len(gzip.compress(svg)) for svg in re.findall(rb'<svg class="chart".*?</svg>', content, re.DOTALL)]


def report(visitors: dict[str, Any], floor: Any, queries: dict[str, int]) -> None:
    """A table of both pages."""
    base = statistics.median(floor.times["beside insights"])
    one, ten = (visitors[name][0] for name in LONG)
    print(
        "\n| page | 1 year ms | 10 years ms | × floor | aim | 10 y ÷ 1 y | aim | queries | largest chart, gzip bytes (aim 4,096) |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for page, (path, _data) in PAGES.items():
        a, b = statistics.median(one.times[page]), statistics.median(ten.times[page])
        most, growth = AIMS[page]
        cells = [
            f"{a:.1f}",
            f"{b:.1f}",
            f"{b / base:.1f}",
            most,
            f"{b / a:.2f}",
            growth,
            queries.get(page, ""),
            max(charts(ten, path)),
        ]
        print(f"| {page} | {' | '.join(map(str, cells))} |")
