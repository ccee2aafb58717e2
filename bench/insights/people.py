"""Made-up people: ratings from day to day, and what they note."""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from journal.insights.observations import DayRating

FIRST = date(2025, 1, 6)  # a Monday
SD, MISSING = 1.8, 0.3


@dataclass(frozen=True)
class Share:
    """How many of so many people, with the sampling error of that share."""

    times: int
    of: int

    @property
    def value(self) -> float:
        return self.times / self.of

    def __str__(self) -> str:
        error = math.sqrt(max(self.value * (1 - self.value), 1e-4) / self.of)
        return f"{self.value:.1%} ± {error:.1%}"


def noise(dice: random.Random, alike: float) -> Iterator[float]:
    """Endless AR(1) noise of spread one, stationary from the first day."""
    level = dice.gauss(0, 1)
    while True:
        yield level
        level = alike * level + math.sqrt(1 - alike * alike) * dice.gauss(0, 1)


def rating(value: float) -> int:
    """A whole number from 0 to 10."""
    return min(10, max(0, round(value)))


def levels(dice: random.Random, days: int, alike: float, shift: Sequence[float] = ()) -> list[float]:
    """What each day is like before it is rated; `shift` is added day by day."""
    middle = dice.uniform(4, 6)
    found = noise(dice, alike)
    return [middle + SD * next(found) + (shift[at] if at < len(shift) else 0) for at in range(days)]


def rated(dice: random.Random, values: Sequence[float], missing: float = MISSING) -> list[DayRating]:
    """Check-ins, with days missing by chance."""
    return [
        DayRating(FIRST + timedelta(days=at), craving=rating(value))
        for at, value in enumerate(values)
        if dice.random() >= missing
    ]
