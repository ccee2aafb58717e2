"""Ratings as counts: rating -> how many times. Order cannot matter, and a hundred thousand cost what eleven cost."""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import ceil, sqrt
from statistics import NormalDist
from statistics import median as middle

Ratings = Mapping[int, int]
EIGHTY = NormalDist().inv_cdf(0.9)


def counted(values: Iterable[int | None]) -> Counter[int]:
    """Answers as counts; what was not answered is left out."""
    return Counter(value for value in values if value is not None)


def size(ratings: Ratings) -> int:
    """How many ratings."""
    return sum(ratings.values())


def mean(ratings: Ratings) -> float:
    """The average; raises ZeroDivisionError for none."""
    return sum(value * times for value, times in ratings.items()) / size(ratings)


def in_order(ratings: Ratings) -> list[int]:
    """Every rating, lowest first."""
    return [value for value in sorted(ratings) for _ in range(ratings[value])]


def median(ratings: Ratings) -> float:
    """The middle rating; between two middle ones, halfway. Raises statistics.StatisticsError for none."""
    return middle(in_order(ratings))


def middle_half(ratings: Ratings) -> tuple[int, int]:
    """The lower and upper quartile as ratings that were given (nearest rank; Hyndman and Fan 1996, type 1)."""
    values = in_order(ratings)
    return values[ceil(len(values) / 4) - 1], values[ceil(3 * len(values) / 4) - 1]


def wilson(times: int, of: int, z: float = EIGHTY) -> tuple[float, float]:
    """Wilson's interval for a share (1927), 80 % unless told; (0, 1) where nothing was counted."""
    if not of:
        return 0.0, 1.0
    share, spread = times / of, z * z / of
    middle, half = share + spread / 2, z * sqrt(share * (1 - share) / of + spread / (4 * of))
    return (middle - half) / (1 + spread), (middle + half) / (1 + spread)
