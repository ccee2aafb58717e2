"""Short ways to write logs as numbers."""

from datetime import date, timedelta

from journal.insights.observations import CravingObservation, DayRating

MONDAY = date(2026, 3, 2)


def day(at):
    """The day so many days after a Monday."""
    return MONDAY + timedelta(days=at)


def rated(text, first=0):
    """Check-ins from a line of digits; x is a day without one, t is ten."""
    said = {at: 10 if c == "t" else int(c) for at, c in enumerate(text) if c != "x"}
    return [DayRating(day(first + at), craving=value) for at, value in said.items()]


def craving(at=0, hour=12, before=5, after=None, triggers=(), strategies=()):
    return CravingObservation(day(at), hour, before, after, tuple(triggers), tuple(strategies))
