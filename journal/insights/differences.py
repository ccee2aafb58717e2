"""Is craving different on days with X? Compared day by day, with the chance of being fooled held down over all X at once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from journal.insights.observations import ONE_DAY, DayRating, Missing, lacking
from journal.insights.ranks import Comparison, compare, discoveries
from journal.insights.ratings import Ratings, size

LEAST_EACH = 8
LEAST_POINTS = 1.0
FALSE_SHARE = 0.10
# How alike neighbouring days' ratings are, as in the weekly rule; see weekly.py.
ALIKE = 0.35
BAD_SLEEP = "sleep"


@dataclass(frozen=True)
class Factor:
    """One thing noted on some days: its key, the two groups of days, how they compare, and whether it may be told."""

    key: str
    with_days: Ratings
    without_days: Ratings
    comparison: Comparison
    stands: bool


@dataclass(frozen=True)
class Differences:
    """Every factor with enough days, those that stand first, then by days; `missing` where there is none."""

    factors: tuple[Factor, ...]
    missing: tuple[Missing, ...]

    @property
    def standing(self) -> tuple[Factor, ...]:
        """The factors that may be told."""
        return tuple(factor for factor in self.factors if factor.stands)


@dataclass(frozen=True)
class _Split:
    key: str
    marks: Sequence[tuple[date, bool, int]]

    def group(self, is_with: bool) -> Counter[int]:
        return Counter(rating for _day, marked, rating in self.marks if marked == is_with)


def differences(days: Iterable[DayRating], keys: Mapping[date, set[str]]) -> Differences:
    """Compare rated days with and without each trigger, among days on which any was noted, and bad nights with others.

    Days on which nothing was noted are left out: a day with a log differs from one without before any trigger is looked at.
    """
    rated = [one for one in days if one.craving is not None]
    splits = [*_by_trigger(rated, keys), _by_sleep(rated)]
    fewest = [min(size(s.group(is_with=True)), size(s.group(is_with=False))) for s in splits]
    asked = [split for split, least in zip(splits, fewest, strict=True) if least >= LEAST_EACH]
    best = max(fewest, default=0)
    return Differences(_judged(asked), () if asked else lacking(("days with and without", best, LEAST_EACH)))


def _by_trigger(rated: Sequence[DayRating], keys: Mapping[date, set[str]]) -> list[_Split]:
    noted = [(one.day, keys[one.day], one.craving or 0) for one in rated if one.day in keys]
    every = sorted({key for _day, found, _craving in noted for key in found})
    return [_Split(key, [(day, key in found, craving) for day, found, craving in noted]) for key in every]


def _by_sleep(rated: Sequence[DayRating]) -> _Split:
    return _Split(BAD_SLEEP, [(one.day, one.sleep == 1, one.craving or 0) for one in rated if one.sleep is not None])


def _judged(splits: Sequence[_Split]) -> tuple[Factor, ...]:
    groups = [(s.group(is_with=True), s.group(is_with=False)) for s in splits]
    compared = [compare(*pair, inflation(s.marks)) for s, pair in zip(splits, groups, strict=True)]
    stand = discoveries([one.p for one in compared], FALSE_SHARE)
    found = [
        Factor(split.key, *pair, one, ok and abs(one.difference) >= LEAST_POINTS)
        for split, pair, one, ok in zip(splits, groups, compared, stand, strict=True)
    ]
    return tuple(sorted(found, key=lambda f: (not f.stands, -size(f.with_days), f.key)))


def inflation(marks: Sequence[tuple[date, bool, int]]) -> float:
    """How much wider chance spreads when marked days come in runs: (1 + rs) / (1 - rs).

    s is the lag-one correlation of the marks over neighbouring days, r that of ratings (Bartlett 1935, for two series).
    """
    marked = {day: is_with for day, is_with, _rating in marks}
    share = sum(marked.values()) / len(marked)
    pairs = [(is_with, marked[day + ONE_DAY]) for day, is_with in marked.items() if day + ONE_DAY in marked]
    spread = share * (1 - share) * len(pairs)
    together = sum((a - share) * (b - share) for a, b in pairs)
    runs = min(0.9, max(0.0, together / spread)) if spread else 0.0
    return (1 + ALIKE * runs) / (1 - ALIKE * runs)
