"""Is craving different on days with X? Nothing is, or one thing is; how many people are told something?"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bench.insights.people import FIRST, Share, levels, rated
from journal.insights.differences import differences
from journal.insights.observations import DayRating
from journal.insights.ranks import compare
from journal.insights.ratings import counted

TRIGGERS = [f"t{n}" for n in range(15)]
PEOPLE = 2_000
Keys = dict[date, set[str]]
Noting = Callable[[random.Random, list[float]], Keys]


def by_chance(dice: random.Random, values: list[float]) -> Keys:
    """Each trigger on its own share of days."""
    shares = {key: dice.uniform(0.1, 0.5) for key in TRIGGERS}
    return {day: {k for k in TRIGGERS if dice.random() < shares[k]} for day in _days(values)}


def in_runs(dice: random.Random, values: list[float]) -> Keys:
    """Each trigger comes in runs of days, such as a hard week or a week without money."""
    found: Keys = {day: set() for day in _days(values)}
    for key in TRIGGERS:
        is_on = dice.random() < 0.3
        for day in found:
            is_on = dice.random() < (0.75 if is_on else 0.11)
            if is_on:
                found[day].add(key)
    return found


def when_strong(dice: random.Random, values: list[float]) -> Keys:
    """Something is noted only when a craving is logged, and that is likelier on a strong day."""
    noted = by_chance(dice, values)
    middle = sum(values) / len(values)
    return {
        day: keys
        for (day, keys), value in zip(noted.items(), values, strict=True)
        if keys and dice.random() < (0.8 if value > middle else 0.25)
    }


def _days(values: list[float]) -> list[date]:
    return [FIRST + timedelta(days=at) for at in range(len(values))]


@dataclass(frozen=True)
class Case:
    """One kind of person."""

    name: str
    days: int
    alike: float
    noting: Noting
    fall: float = 0.0


CASES = [
    Case("noted by chance, 60 days, r 0.3", 60, 0.3, by_chance),
    Case("noted by chance, 60 days, r 0.5", 60, 0.5, by_chance),
    Case("noted by chance, 120 days, r 0.5", 120, 0.5, by_chance),
    Case("noted in runs of days, 60 days, r 0.5", 60, 0.5, in_runs),
    Case("noted in runs of days, 120 days, r 0.5", 120, 0.5, in_runs),
    Case("noted on strong days only, 60 days, r 0.3", 60, 0.3, when_strong),
    Case("noted on strong days only, 120 days, r 0.3", 120, 0.3, when_strong),
    Case("by chance, craving falling by 3 points, 120 days", 120, 0.3, by_chance, fall=3),
]


def naive(days: list[DayRating], keys: Keys) -> bool:
    """What a careless page would say: a point apart in the means of all days, or p < 0.05."""
    for key in TRIGGERS:
        marked = [one.craving for one in days if key in keys.get(one.day, ())]
        others = [one.craving for one in days if key not in keys.get(one.day, ())]
        if min(len(marked), len(others)) >= 8 and compare(counted(marked), counted(others)).p < 0.05:
            return True
    return False


def told(case: Case, seed: int) -> tuple[Share, Share]:
    """The share of people told anything, by our rule and by the careless one."""
    dice = random.Random(seed)
    ours = careless = 0
    for _ in range(PEOPLE):
        falling = [-case.fall * at / case.days for at in range(case.days)]
        values = levels(dice, case.days, case.alike, falling)
        keys, days = case.noting(dice, values), rated(dice, values)
        ours += bool(differences(days, {day: found for day, found in keys.items() if found}).standing)
        careless += naive(days, keys)
    return Share(ours, PEOPLE), Share(careless, PEOPLE)


def found(effect: float, days: int, seed: int) -> tuple[Share, Share]:
    """With one true effect among 15 triggers: the share of people told it, and told anything else."""
    dice = random.Random(seed)
    right = wrong = 0
    for _ in range(PEOPLE):
        values = levels(dice, days, 0.3)
        keys = by_chance(dice, values)
        lifted = [value + effect * ("t0" in keys[day]) for value, day in zip(values, _days(values), strict=True)]
        standing = {factor.key for factor in differences(rated(dice, lifted), {d: k for d, k in keys.items() if k}).standing}
        right += "t0" in standing
        wrong += bool(standing - {"t0"})
    return Share(right, PEOPLE), Share(wrong, PEOPLE)


def report() -> tuple[list[str], list[str]]:
    """Lines to print, and what is out of bounds."""
    lines = ["| no true effect, 15 triggers | told something | careless page (p < 0.05) |", "|---|---|---|"]
    faults = []
    for seed, case in enumerate(CASES):
        ours, careless = told(case, seed)
        lines.append(f"| {case.name} | {ours} | {careless} |")
        if case.noting is by_chance and case.days == 60 and ours.value > 0.10:
            faults.append(f"{case.name}: {ours} told something")
    lines += ["", "| one true effect | told it | told another one too |", "|---|---|---|"]
    for seed, (effect, days) in enumerate([(1, 60), (1, 120), (2, 60), (2, 120)], 100):
        right, wrong = found(effect, days, seed)
        lines.append(f"| +{effect} point, {days} days | {right} | {wrong} |")
    return lines, faults
