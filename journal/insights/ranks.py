"""Do two groups of ratings differ? Ranks only, so that one extreme day cannot decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from journal.insights.ratings import Ratings, median, size


@dataclass(frozen=True)
class Comparison:
    """Two groups side by side: sizes, medians, how often one of the first is above one of the second, and p (two-sided)."""

    first_n: int
    second_n: int
    first_median: float
    second_median: float
    superiority: float
    p: float

    @property
    def difference(self) -> float:
        """First median minus second."""
        return self.first_median - self.second_median


def compare(first: Ratings, second: Ratings, inflation: float = 1.0) -> Comparison:
    """Mann and Whitney's test (1947): normal approximation, ties and continuity corrected.

    `inflation` (>= 1) widens the spread for days that are alike because they are neighbours. Raises
    statistics.StatisticsError or ValueError for an empty group.
    """
    n, m = size(first), size(second)
    if not n or not m:
        raise ValueError("both groups need a rating")
    wins = _wins(first, second)
    off = max(abs(wins - n * m / 2) - 0.5, 0)
    spread = sqrt(_variance(first, second, n, m) * inflation)
    p = 2 * NormalDist().cdf(-off / spread) if spread else 1.0
    return Comparison(n, m, median(first), median(second), wins / (n * m), p)


def discoveries(ps: Sequence[float], rate: float = 0.10) -> list[bool]:
    """Benjamini and Hochberg (1995): which of several p values stand while at most `rate` of those shown are wrong."""
    order = sorted(range(len(ps)), key=ps.__getitem__)
    passed = max((place for place, at in enumerate(order, 1) if ps[at] <= rate * place / len(ps)), default=0)
    kept = set(order[:passed])
    return [at in kept for at in range(len(ps))]


def _wins(first: Ratings, second: Ratings) -> float:
    """Pairs in which the first is above the second; a tie is half a win."""
    wins, below = 0.0, 0
    for value in sorted({*first, *second}):
        rivals = second.get(value, 0)
        wins += first.get(value, 0) * (below + rivals / 2)
        below += rivals
    return wins


def _variance(first: Ratings, second: Ratings, n: int, m: int) -> float:
    total = n + m
    ties = [first.get(value, 0) + second.get(value, 0) for value in {*first, *second}]
    lost = sum(t**3 - t for t in ties) / (total * (total - 1))
    return n * m / 12 * (total + 1 - lost)
