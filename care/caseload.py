"""The caseload: a row for everybody who shares with a counselor. Numbers side by side, and never one made out of them."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.days import ONE_DAY
from accounts.grants import Category
from care.access import Reading
from care.disclosure import last_day
from care.flags import WINDOW, Flag, Ratings, Seen, Urgency, flags_of
from care.happened import Happened, happened
from care.rated import Rated, rated
from journal.insights.weekly import BASE_WEEKS, LEAST_DAYS, LEAST_WEEKS

WANTED = (Category.CHECK_INS, Category.LAPSES, Category.GOALS, Category.INSIGHTS)
LATELY, WEEK = 14, 7
# Without a check-in for longer than this, somebody is found under "no check-in lately".
QUIET_DAYS = 4
# From which difference on a week is called higher or lower, on each scale.
CRAVING_STEP, MOOD_STEP = 1.0, 0.5


@dataclass(frozen=True, slots=True)
class Level:
    """The average of the last seven days, and of the eight weeks before them (None for too few days)."""

    now: float
    usual: float | None
    step: float

    @property
    def difference(self) -> float | None:
        """This week minus the usual."""
        return None if self.usual is None else self.now - self.usual

    @property
    def direction(self) -> int:
        """1 for higher, -1 for lower, 0 for about the same or for nothing to compare with."""
        difference = self.difference or 0
        return 0 if abs(difference) < self.step else 1 if difference > 0 else -1


@dataclass(frozen=True, slots=True)
class Row:
    """One person. None is for what is not shared, or not there; `flags` are those nobody has answered yet."""

    connection_id: uuid.UUID
    name: str
    lapse_word: str
    flags: tuple[Flag, ...]
    next_on: date | None
    shows_check_ins: bool
    last_on: date | None
    logged: int
    craving: Level | None
    mood: Level | None
    steps: tuple[int, int] | None
    waiting: int
    until: date
    today: date

    @property
    def is_quiet(self) -> bool:
        """Whether there was no check-in lately."""
        return self.shows_check_ins and (self.last_on is None or (self.today - self.last_on).days > QUIET_DAYS)

    @property
    def urgency(self) -> int:
        """The most serious flag's urgency; those without a flag come last."""
        return self.flags[0].urgency if self.flags else len(Urgency) + 1


def everybody(readings: Sequence[Reading]) -> list[Row]:
    """All rows, in no order. Two queries, whatever the number of people."""
    ratings, events = rated(readings), happened(readings)
    for one in readings:
        one.looked.over(one.today - WINDOW + ONE_DAY, one.today)
    return [_row(one, ratings.get(one.connection_id, Rated()), events[one.connection_id]) for one in readings]


def seen_by(ratings: Rated, events: Happened) -> Seen:
    """What the rules of flags look at."""
    return Seen(ratings.days, ratings.craving, ratings.mood, events.lapses, events.calls, events.reached, events.goals)


def level(ratings: Ratings, step: float) -> Level | None:
    """This week beside the usual; None where nothing was rated this week."""
    week = [one for one in ratings[:WEEK] if one is not None]
    if not week:
        return None
    before = [one for one in ratings[WEEK : WEEK * (BASE_WEEKS + 1)] if one is not None]
    is_enough = len(week) >= LEAST_DAYS and len(before) >= LEAST_DAYS * LEAST_WEEKS
    return Level(sum(week) / len(week), sum(before) / len(before) if is_enough else None, step)


def _row(one: Reading, ratings: Rated, events: Happened) -> Row:
    today, days = one.today, ratings.days
    flags = flags_of(seen_by(ratings, events), today)
    return Row(
        one.connection_id,
        one.name,
        one.whose.lapse_word,
        tuple(flag for flag in flags if (flag.rule, flag.key) not in events.marks),
        events.next_on,
        one.shows(Category.CHECK_INS),
        date.fromordinal(today.toordinal() - days[0]) if days else None,
        sum(ago < LATELY for ago in days[:LATELY]),
        level(ratings.craving, CRAVING_STEP),
        level(ratings.mood, MOOD_STEP),
        (events.steps_done, events.steps_planned) if one.shows(Category.GOALS) else None,
        events.waiting,
        last_day(one),
        today,
    )


# --- sorting and filtering: only words of this list stand in an address ---

SHOWN: Mapping[str, Callable[[Row], bool]] = {
    "all": lambda row: True,
    "look": lambda row: bool(row.flags),
    "waiting": lambda row: row.waiting > 0,
    "quiet": lambda row: row.is_quiet,
}
# What each column is sorted by, what asks for attention first; None comes last either way.
SORTS: Mapping[str, Callable[[Row], Any]] = {
    "name": lambda row: row.name.casefold(),
    "next": lambda row: row.next_on,
    "last": lambda row: row.last_on,
    "days": lambda row: row.logged if row.shows_check_ins else None,
    "craving": lambda row: _turned(row.craving),
    "mood": lambda row: row.mood.difference if row.mood else None,
    "steps": lambda row: row.steps[0] / row.steps[1] if row.steps and row.steps[1] else None,
    "waiting": lambda row: -row.waiting,
    "until": lambda row: row.until,
}


def chosen(rows: Iterable[Row], shown: str, sort: str) -> list[Row]:
    """The rows asked for, in the order asked for; "-name" turns it round. By default those who need a look come first, then
    by the next session, then by name.
    """
    found = sorted(filter(SHOWN[shown], rows), key=lambda row: row.name.casefold())
    by = SORTS.get(sort.removeprefix("-"))
    if by is None:
        return sorted(found, key=lambda row: (row.urgency, row.next_on or date.max))
    there = [row for row in found if by(row) is not None]
    return sorted(there, key=by, reverse=sort.startswith("-")) + [row for row in found if by(row) is None]


def _turned(one: Level | None) -> float | None:
    return None if one is None or one.difference is None else -one.difference
