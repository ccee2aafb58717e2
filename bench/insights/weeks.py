"""Is a week unlike the weeks before? Stable people who are flagged, and shifts that are found."""

import random
from datetime import timedelta

from bench.insights.people import FIRST, Share, levels, rated
from journal.insights.weekly import ALIKE, WEEK, flag_of, likeness, week_of

PEOPLE, BASE, LOOKED = 4_000, 8, 15
TABLE = {"0.2": 0.05, "0.3": 0.08, "0.5": 0.18}
FOUND = {2: 0.44, 3: 0.76}


def flagged(days: list[tuple], weeks: int, alike: float) -> bool:
    """Whether any of the weeks after the first eight is called higher."""
    before = None
    for at in range(BASE, BASE + weeks):
        week = week_of(days, FIRST + at * WEEK, alike)
        found = flag_of(week, before)
        if found is not None and found.is_higher:
            return True
        before = week
    return False


def share(alike: float, weeks: int, shift: float, seed: int, *, own: bool = False) -> Share:
    """The share of people flagged within so many weeks, after a shift that begins with the first of them."""
    dice = random.Random(seed)
    times = 0
    for _ in range(PEOPLE):
        moved = [0.0] * (7 * BASE) + [shift] * (7 * weeks)
        days = [(one.day, one.craving or 0) for one in rated(dice, levels(dice, len(moved), alike, moved))]
        assumed = likeness([d for d in days if d[0] < FIRST + timedelta(days=7 * BASE)]) if own else ALIKE
        times += flagged(days, weeks, assumed)
    return Share(times, PEOPLE)


def report() -> tuple[list[str], list[str]]:
    """Lines to print, and what is out of bounds."""
    lines, faults = ["| weekly rule, higher than usual | our run | plan's table |", "|---|---|---|"], []
    for seed, (alike, planned) in enumerate(TABLE.items()):
        found = share(float(alike), LOOKED, 0, seed)
        lines.append(f"| stable person, r {alike}, {LOOKED} weeks | {found} | {planned:.0%} |")
        faults += _far(f"stable, r {alike}", found, planned)
    for shift, planned in FOUND.items():
        for weeks in (3, 4):
            found = share(0.3, weeks, shift, 10 * shift + weeks)
            lines.append(
                f"| shift of +{shift}, found within {weeks} weeks | {found} | {f'{planned:.0%}' if weeks == 4 else '–'} |"
            )
            faults += _far(f"shift +{shift}", found, planned) if weeks == 4 else []
    return lines, faults


def _far(name: str, found: Share, planned: float) -> list[str]:
    """Out of bounds: more than three points, or three sampling errors of both runs, from the plan's table."""
    error = 3 * (2 * planned * (1 - planned) / found.of) ** 0.5
    return [] if abs(found.value - planned) <= max(0.03, error) else [f"{name}: {found}, the table says {planned:.0%}"]
