"""What helps in the moment? The truth of eight strategies is known; how well is it told?"""

import random
from datetime import timedelta
from statistics import fmean

from bench.insights.people import FIRST, Share, rating
from journal.insights.coping import Coping, coping
from journal.insights.observations import CravingObservation

KEYS = [f"s{n}" for n in range(8)]
PEOPLE, SPREAD = 4_000, 1.8


def person(dice: random.Random, between: float) -> tuple[dict[str, float], list[CravingObservation]]:
    """True mean drops, and rated cravings: each strategy used 1 to 15 times."""
    usual = dice.uniform(1, 3)
    truth = {key: dice.gauss(usual, between) for key in KEYS}
    rows = []
    for key in KEYS:
        for _ in range(dice.randint(1, 15)):
            before = dice.randint(6, 10)
            after = rating(before - dice.gauss(truth[key], SPREAD))
            rows.append(CravingObservation(FIRST + timedelta(days=len(rows)), 12, before, after, (), (key,)))
    return truth, rows


def raw_best(found: Coping) -> tuple[str, float, int]:
    """What a careless page would show: the highest plain average."""
    best = max(found.strategies, key=lambda one: one.mean_drop)
    return best.key, best.mean_drop, best.n


def report() -> tuple[list[str], list[str]]:
    """Lines to print, and what is out of bounds."""
    dice = random.Random(7)
    raw_over, over, covered, best_covered, few = [], [], [], [], 0
    for _ in range(PEOPLE):
        truth, rows = person(dice, 0.6)
        found = coping(rows)
        key, value, n = raw_best(found)
        raw_over.append(value - truth[key])
        few += n <= 3
        if found.told:
            best = found.told[0]
            over.append(best.estimate - truth[best.key])
            best_covered.append(best.interval[0] <= truth[best.key] <= best.interval[1])
        covered += [one.interval[0] <= truth[one.key] <= one.interval[1] for one in found.told]
    alike = _alike(random.Random(8))
    coverage = Share(sum(covered), len(covered))
    lines = [
        "| 4,000 people, 8 strategies, 1 to 15 uses each | |",
        "|---|---|",
        f"| the best by plain average is overstated by | {fmean(raw_over):+.2f} points |",
        f"| … and rests on three uses or fewer in | {Share(few, PEOPLE)} |",
        f"| the best as we tell it is overstated by | {fmean(over):+.2f} points |",
        f"| our 80 % interval holds the truth, all strategies told | {coverage} |",
        f"| … for the best one | {Share(sum(best_covered), len(best_covered))} |",
        f"| all strategies truly alike: the best is called apart from the average | {alike} |",
    ]
    faults = [f"overstated by {fmean(over):.2f}"] if abs(fmean(over)) > 0.1 else []
    faults += [f"alike, yet called apart: {alike}"] if alike.value > 0.10 else []
    return lines, faults + ([] if 0.75 <= coverage.value <= 0.85 else [f"coverage {coverage}"])


def _alike(dice: random.Random) -> Share:
    apart = 0
    for _ in range(PEOPLE):
        found = coping(person(dice, 0.0)[1])
        apart += found.apart is not None
    return Share(apart, PEOPLE)
