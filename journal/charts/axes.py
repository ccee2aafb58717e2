"""Days across and ratings up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.safestring import SafeData

from journal.charts.svg import WIDTH, day_name, line, path, text

LEFT, RIGHT = 20, 6
TICKS = 4
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Plane:
    """Where a day and a value stand: days from `first` to `last` across, values from `low` to `high` between two heights."""

    first: date
    last: date
    low: float
    high: float
    top: float
    bottom: float

    def x(self, day: date) -> float:
        """How far to the right a day stands."""
        span = max(1, (self.last - self.first).days)
        return LEFT + (day - self.first).days / span * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """How far down a value stands."""
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def at(self, day: date, value: float) -> tuple[float, float]:
        """Both."""
        return self.x(day), self.y(value)

    def grid(self, values: Iterable[float], names: Sequence[object] = ()) -> list[SafeData]:
        """A faint line and a name for each value."""
        values = list(values)
        faint = line(point for value in values for point in ((LEFT, self.y(value)), (WIDTH - RIGHT, self.y(value)), None))
        words = names or [f"{value:g}" for value in values]
        return [
            path("c-grid", faint),
            *(text(LEFT - 4, self.y(v) + 4, word, anchor="end") for v, word in zip(values, words, strict=True)),
        ]

    def days(self) -> list[SafeData]:
        """Names of a few days below."""
        span = (self.last - self.first).days
        count = min(TICKS, span + 1)
        steps = [round(span * at / max(1, count - 1)) for at in range(count)]
        found = [self.first + timedelta(days=step) for step in steps]
        anchors = ["", *["middle"] * (count - 2), "end"] if count > 1 else [""]
        spots = [LEFT, *(self.x(day) for day in found[1:-1]), WIDTH - RIGHT][:count]
        return [
            text(x, self.bottom + 15, day_name(day, span), anchor=anchor)
            for x, day, anchor in zip(spots, found, anchors, strict=True)
        ]

    def marks(self, days: Iterable[date]) -> list[SafeData]:
        """A dashed line with a letter for each marked day that lies within; what it was stands in words beside the picture."""
        inside = list(zip([day for day in days if self.first <= day <= self.last], LETTERS, strict=False))
        if not inside:
            return []
        lines = line(point for day, _letter in inside for point in ((self.x(day), self.top), (self.x(day), self.bottom), None))
        return [
            path("c-mark", lines),
            *(text(self.x(day), self.top - 3, letter, anchor="middle") for day, letter in inside),
        ]
