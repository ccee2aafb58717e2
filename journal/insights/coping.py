"""What helps in the moment? Drops after each coping strategy, pulled towards the person's own average drop.

Ratings that start high fall anyway (regression to the mean); so a strategy is set beside the person's own average, and the
best of several is not taken at its word. Partial pooling with a fixed prior, product rule C3.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from journal.insights.observations import CravingObservation, Missing, lacking

LEAST_USES, LEAST_PAIRS = 5, 15
PRIOR = 9  # uses' worth of the own average: s² / τ² at s = 1.8
TAU = 0.6
LEAST_SPREAD = 1.0
Z80 = 1.28
# Calling the best of several apart from the average asks for more than its 80 % interval (z = 1.64, one-sided 95 %).
Z_APART = 1.64


@dataclass(frozen=True)
class Slope:
    """One use: before and after."""

    before: int
    after: int


@dataclass(frozen=True)
class Strategy:
    """A coping strategy: its pairs, mean drop as rated, and, where there are enough, the estimate with an 80 % interval."""

    key: str
    pairs: tuple[Slope, ...]
    mean_drop: float
    estimate: float
    interval: tuple[float, float]
    is_enough: bool

    @property
    def n(self) -> int:
        """How many uses were rated before and after."""
        return len(self.pairs)

    @property
    def reach(self) -> float:
        """How far from its estimate the average must lie to be called apart."""
        return (self.estimate - self.interval[0]) * Z_APART / Z80


@dataclass(frozen=True)
class Coping:
    """All strategies with pairs, best supported first; `average` is the person's mean drop over all pairs."""

    n: int
    average: float
    strategies: tuple[Strategy, ...]
    missing: tuple[Missing, ...]

    @property
    def apart(self) -> Strategy | None:
        """The best strategy, where it stands clearly above the person's own average."""
        best = self.told[0] if self.told else None
        return best if best is not None and best.estimate - best.reach > self.average else None

    @property
    def behind(self) -> tuple[Strategy, ...]:
        """The strategies that stand clearly below it."""
        return tuple(one for one in self.told if one.estimate + one.reach < self.average)

    @property
    def told(self) -> tuple[Strategy, ...]:
        """The strategies an estimate is shown for."""
        return () if self.missing else tuple(one for one in self.strategies if one.is_enough)


def coping(cravings: Iterable[CravingObservation]) -> Coping:
    """Estimate every strategy's drop."""
    rated = [one for one in cravings if one.drop is not None]
    average = sum(one.drop or 0 for one in rated) / len(rated) if rated else 0.0
    used: dict[str, list[Slope]] = {}
    for one in rated:
        for key in set(one.strategies):
            used.setdefault(key, []).append(Slope(one.intensity, one.intensity_after or 0))
    spread = pooled_spread([[slope.before - slope.after for slope in slopes] for slopes in used.values()])
    found = [_strategy(key, slopes, average, spread) for key, slopes in used.items()]
    ordered = tuple(sorted(found, key=lambda one: (not one.is_enough, -one.estimate, one.key)))
    most = max((one.n for one in found), default=0)
    needs = lacking(("rated cravings", len(rated), LEAST_PAIRS), ("uses of one", most, LEAST_USES))
    return Coping(len(rated), average, ordered, needs)


def pooled_spread(groups: Sequence[Sequence[int]]) -> float:
    """The standard deviation of drops within strategies, at least one point."""
    squares = sum((drop - sum(group) / len(group)) ** 2 for group in groups for drop in group)
    free = sum(len(group) - 1 for group in groups)
    return max(LEAST_SPREAD, sqrt(squares / free)) if free else LEAST_SPREAD


def shrunk(n: int, mean_drop: float, average: float, spread: float) -> tuple[float, tuple[float, float]]:
    """The estimate for `n` uses with this mean drop, and its 80 % interval."""
    weight = n / (n + PRIOR)
    estimate = weight * mean_drop + (1 - weight) * average
    half = Z80 * sqrt(1 / (n / spread**2 + 1 / TAU**2))
    return estimate, (estimate - half, estimate + half)


def _strategy(key: str, slopes: Sequence[Slope], average: float, spread: float) -> Strategy:
    mean_drop = sum(slope.before - slope.after for slope in slopes) / len(slopes)
    estimate, interval = shrunk(len(slopes), mean_drop, average, spread)
    return Strategy(key, tuple(slopes), mean_drop, estimate, interval, len(slopes) >= LEAST_USES)


def order(found: Coping, known: Sequence[str], tried: Iterable[str] = ()) -> list[str]:
    """Keys of `known` as they should be offered: supported ones by estimate, with an untried one after every second.

    Untried ones keep their given order, so that something new always stands within reach; what was tried (given latest
    first) but is not told yet comes after those with an estimate, and what stands clearly behind comes last.
    """
    offered = set(known)
    last = [one.key for one in found.behind if one.key in offered]
    told = [one.key for one in found.told if one.key in offered and one.key not in last]
    used = dict.fromkeys([*told, *tried, *(one.key for one in found.strategies)])
    seen = [key for key in used if key in offered and key not in last]
    return [*_mixed(seen, [key for key in known if key not in used]), *last]


def _mixed(seen: Sequence[str], fresh: Sequence[str]) -> list[str]:
    """Two that are known, one that is new, and so on; then what is left."""
    waiting, mixed = list(fresh), []
    for key in seen:
        mixed.append(key)
        if len(mixed) % 3 == 2 and waiting:
            mixed.append(waiting.pop(0))
    return [*mixed, *waiting]
