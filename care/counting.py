"""Counts an organisation may see without learning anything about one person. Pure: moments are arguments.

Three things together keep small numbers small. A cell under ten is "fewer than 10". A larger one is given in steps of ten, so
that no two cells can be subtracted. And all of them stand still for a week: nobody learns by looking twice who signed today.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

SMALLEST = 10
WINDOW = timedelta(days=90)


@dataclass(frozen=True)
class Span:
    """That a person shared with somebody here, from a moment to another. No end lies before the beginning."""

    person_id: uuid.UUID
    begins: datetime
    ends: datetime

    def holds(self, moment: datetime) -> bool:
        """Whether it was in force at a moment."""
        return self.begins <= moment < self.ends


@dataclass(frozen=True)
class Cell:
    """A count that may be shown: the step of ten it lies in, or that it is small."""

    least: int
    is_small: bool

    @property
    def most(self) -> int:
        """The largest number of the step."""
        return self.least + SMALLEST - 1


@dataclass(frozen=True)
class Counts:
    """How many people share, how many began and how many ended within 90 days, as of one moment."""

    as_of: datetime
    sharing: Cell
    began: Cell
    ended: Cell


def cell(number: int) -> Cell:
    """What may be said of a number."""
    return Cell(number // SMALLEST * SMALLEST, is_small=number < SMALLEST)


def monday_before(now: datetime) -> datetime:
    """The beginning of the week, as which everything is counted."""
    start = now - timedelta(days=now.weekday())
    return start.replace(hour=0, minute=0, second=0, microsecond=0)


def counts(spans: Iterable[Span], now: datetime) -> Counts:
    """The three cells. Somebody who widened or narrowed what they share neither began nor ended; somebody who shares with two
    counselors counts once.
    """
    as_of = monday_before(now)
    first = as_of - WINDOW
    by_person: dict[uuid.UUID, list[Span]] = {}
    for span in spans:
        if span.begins < span.ends and span.begins <= as_of:
            by_person.setdefault(span.person_id, []).append(span)
    sharing = {person for person, own in by_person.items() if any(one.holds(as_of) for one in own)}
    began = {person for person, own in by_person.items() if min(one.begins for one in own) > first}
    ended = {person for person, own in by_person.items() if max(one.ends for one in own) > first} - sharing
    return Counts(as_of, cell(len(sharing)), cell(len(began)), cell(len(ended)))
