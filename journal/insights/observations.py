"""What the calculations are made from: logs as numbers and keys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CravingObservation:
    """A logged craving: its local day, the hour its clock showed (0-23), ratings 0-10, and keys of what was noted."""

    day: date
    hour: int
    intensity: int
    intensity_after: int | None
    triggers: tuple[str, ...]
    strategies: tuple[str, ...]

    @property
    def drop(self) -> int | None:
        """Points from before to after; None where no second rating was given."""
        return None if self.intensity_after is None else self.intensity - self.intensity_after


@dataclass(frozen=True, slots=True)
class DayRating:
    """The check-in that stands for a local day: mood 1-5, craving 0-10, sleep 1-3; None is "not answered"."""

    day: date
    mood: int | None = None
    craving: int | None = None
    sleep: int | None = None


@dataclass(frozen=True)
class Missing:
    """What is still needed before something can be said: `have` of `need`, of what."""

    what: str
    have: int
    need: int


@dataclass(frozen=True)
class Period:
    """Local days from `first` to `last`, both included. Raises ValueError where they are the wrong way round."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("the last day comes before the first")

    @classmethod
    def ending(cls, last: date, days: int) -> "Period":
        """So many days, the last one being `last`."""
        return cls(last - (days - 1) * ONE_DAY, last)

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def before(self) -> "Period":
        """As many days, right before."""
        return Period.ending(self.first - ONE_DAY, self.days)

    def latest(self, days: int) -> "Period":
        """Its last days, at most so many."""
        return Period.ending(self.last, min(days, self.days))


def one_a_day(ratings: Iterable[DayRating]) -> list[DayRating]:
    """Oldest first, one for each day; of several answers to the same question the last given stands."""
    days: dict[date, DayRating] = {}
    for one in ratings:
        known = days.get(one.day)
        days[one.day] = one if known is None else _later(known, one)
    return [days[day] for day in sorted(days)]


def _later(known: DayRating, one: DayRating) -> DayRating:
    pairs = ((one.mood, known.mood), (one.craving, known.craving), (one.sleep, known.sleep))
    return DayRating(one.day, *(new if new is not None else old for new, old in pairs))


def lacking(*needs: tuple[str, int, int]) -> tuple[Missing, ...]:
    """The needs (what, have, need) that are not met."""
    return tuple(Missing(*need) for need in needs if need[1] < need[2])


def keys_by_day(logs: Iterable[tuple[date, Sequence[str]]]) -> dict[date, set[str]]:
    """The keys noted on each day that has any."""
    found: dict[date, set[str]] = {}
    for day, keys in logs:
        if keys:
            found.setdefault(day, set()).update(keys)
    return found
