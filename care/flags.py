"""Why a counselor might look: rules with numbers, never a score. Pure: today and what was logged are arguments.

Nothing here says how a person is. A flag is a reason to ask; no flag does not mean no risk.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from functools import lru_cache
from math import ceil

from journal.insights.observations import ONE_DAY
from journal.insights.weekly import (
    BASE_WEEKS,
    LASTING,
    LEAST_ALIKE,
    LEAST_DAYS,
    LEAST_WEEKS,
    STRONG,
    Rated,
    flag,
    standard_error,
)

# A flag is shown for so many days from the one it arose on.
LASTS = 14
# What the rules look back on: thirteen weeks for the weekly rule, which is asked of the last two; gaps are taken from all of it.
WEEKS_BACK = 15
WINDOW = timedelta(days=7 * WEEKS_BACK)
WEEKLY_DAYS = 7 * 13
LEAST_GAP, LEAST_CHECK_INS, USUAL_GAPS = 4, 14, 0.95
STUCK_DAYS = 14
# A quick look must not lose to rounding what the rule itself would tell.
ROUNDING = 1 - 1e-9

# Ratings by how many days ago they were given: the first is today's; None is a day without one.
Ratings = Sequence[int | None]


class Urgency(IntEnum):
    """How soon to look, the most serious first. None of them is an alarm."""

    SOON = 1
    NEXT_SESSION = 2
    REACH_OUT = 3
    TALK = 4
    SAY = 5


class Rule(StrEnum):
    """The rules, by the word that a mark is stored with."""

    LAPSE = "return-to-use"
    CALL = "asked-for-call"
    CRAVING = "craving-higher"
    MOOD = "mood-lower"
    QUIET = "no-check-ins"
    STUCK = "goal-stuck"
    CALMER = "craving-lower"
    BRIGHTER = "mood-higher"
    REACHED = "goal-reached"


URGENCY = {
    Rule.LAPSE: Urgency.SOON,
    Rule.CALL: Urgency.SOON,
    Rule.CRAVING: Urgency.NEXT_SESSION,
    Rule.MOOD: Urgency.NEXT_SESSION,
    Rule.QUIET: Urgency.REACH_OUT,
    Rule.STUCK: Urgency.TALK,
    Rule.CALMER: Urgency.SAY,
    Rule.BRIGHTER: Urgency.SAY,
    Rule.REACHED: Urgency.SAY,
}


@dataclass(frozen=True, slots=True)
class Flag:
    """A reason to look: the rule, what it is about (so that a mark sticks), the day it arose, and the numbers it rests on."""

    rule: Rule
    key: str
    arose_on: date
    numbers: dict[str, float] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)

    @property
    def urgency(self) -> Urgency:
        """How soon to look."""
        return URGENCY[self.rule]

    def is_alive(self, today: date) -> bool:
        """Whether it is still shown."""
        return (today - self.arose_on).days < LASTS


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: its id, the day it became known, and the day it is about."""

    key: str
    on: date
    about: date


@dataclass(frozen=True, slots=True)
class GoalNow:
    """A goal being worked on: its id, the day a step was last done or added, and how many steps are open."""

    key: str
    moved_on: date
    open_steps: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rules look at. A part that is not shared is empty. `check_ins` are days ago, the latest first, each day once."""

    check_ins: Sequence[int] = ()
    craving: Ratings = ()
    mood: Ratings = ()
    lapses: Sequence[Event] = ()
    calls: Sequence[Event] = ()
    reached: Sequence[Event] = ()
    goals: Sequence[GoalNow] = ()


def flags_of(seen: Seen, today: date) -> list[Flag]:
    """Every flag that is alive on `today`, the most serious first, then the latest."""
    found = [
        *(_event(Rule.LAPSE, one) for one in seen.lapses),
        *(_event(Rule.CALL, one) for one in seen.calls),
        *_unlike(seen.craving, today, Rule.CRAVING, Rule.CALMER),
        *_unlike(seen.mood, today, Rule.BRIGHTER, Rule.MOOD),
        *_quiet(seen.check_ins, today),
        *(_stuck(one) for one in seen.goals if one.open_steps and (today - one.moved_on).days >= STUCK_DAYS),
        *(_event(Rule.REACHED, one) for one in seen.reached),
    ]
    alive = [one for one in found if one.is_alive(today)]
    return sorted(alive, key=lambda one: (one.urgency, -one.arose_on.toordinal(), one.rule, one.key))


def by_days_ago(rated: Iterable[tuple[date, int | None]], today: date) -> list[int | None]:
    """Ratings of days as the rules take them; what lies outside the window is left out."""
    found: list[int | None] = [None] * WINDOW.days
    for day, rating in rated:
        if 0 <= (ago := (today - day).days) < WINDOW.days:
            found[ago] = rating
    return found


def usual_gap(check_ins: Sequence[int]) -> int:
    """The longest gap between check-ins that is usual for this person, in days: the 95th percentile, by nearest rank."""
    gaps = sorted(check_ins[at + 1] - check_ins[at] for at in range(len(check_ins) - 1))
    return gaps[ceil(USUAL_GAPS * len(gaps)) - 1]


def _event(rule: Rule, one: Event) -> Flag:
    return Flag(rule, one.key, one.on, days={"about": one.about})


def _stuck(goal: GoalNow) -> Flag:
    arose_on = goal.moved_on + STUCK_DAYS * ONE_DAY
    return Flag(Rule.STUCK, goal.key, arose_on, {"days": STUCK_DAYS, "open": goal.open_steps}, {"moved": goal.moved_on})


def _quiet(check_ins: Sequence[int], today: date) -> Iterator[Flag]:
    """No check-in for longer than is usual. Silence has many reasons, so it is never called a risk."""
    if len(check_ins) < LEAST_CHECK_INS:
        return
    usual = usual_gap(check_ins)
    limit, gap = max(LEAST_GAP, usual), check_ins[0]
    if gap > limit:
        last = today - gap * ONE_DAY
        arose_on = last + (limit + 1) * ONE_DAY
        yield Flag(Rule.QUIET, last.isoformat(), arose_on, {"gap": gap, "limit": limit, "usual": usual}, {"last": last})


def _unlike(ratings: Ratings, today: date, higher: Rule, lower: Rule) -> Iterator[Flag]:
    """The last whole week and the one before it, each asked about once, on the Monday after it; of one rule only the latest."""
    told: set[Rule] = set()
    sunday = today.weekday() + 1
    weeks = [[one for one in ratings[at : at + 7] if one is not None] for at in range(sunday, sunday + 7 * (BASE_WEEKS + 3), 7)]
    bounds = [_bound(weeks[back], weeks[back + 1 : back + 1 + BASE_WEEKS]) for back in range(3)]
    for back in (0, 1):
        if _is_worth_asking(bounds[back], bounds[back + 1]):
            found = _asked_on_monday(ratings, today, sunday + 7 * back, (higher, lower))
            if found is not None and found.rule not in told:
                told.add(found.rule)
                yield found


def _bound(week: Sequence[int], before: Sequence[Sequence[int]]) -> tuple[float, float]:
    """A week's difference from the eight before it, and the most standard errors that it can be: as if neighbouring days were as
    little alike as the rule ever takes them to be. (0, 0) for too few days.
    """
    valid = [one for one in before if len(one) >= LEAST_DAYS]
    if len(week) < LEAST_DAYS or len(valid) < LEAST_WEEKS:
        return 0, 0
    difference = sum(week) / len(week) - sum(map(sum, valid)) / sum(map(len, valid))
    if abs(difference) < LASTING[0] * ROUNDING:
        return 0, 0
    base = [one for week_before in valid for one in week_before]
    return difference, abs(difference) / standard_error(base, len(week), LEAST_ALIKE)


def _is_worth_asking(week: tuple[float, float], before: tuple[float, float]) -> bool:
    """Whether the rule can tell anything: strongly unlike at once, or clearly twice running, the same way. It spares most weeks
    the rule itself, which costs far more.
    """
    if _reaches(week, STRONG):
        return True
    return _reaches(week, LASTING) and _reaches(before, LASTING) and (week[0] > 0) == (before[0] > 0)


def _reaches(bound: tuple[float, float], rule: tuple[float, float]) -> bool:
    return abs(bound[0]) >= rule[0] * ROUNDING and bound[1] >= rule[1] * ROUNDING


def _asked_on_monday(ratings: Ratings, today: date, sunday: int, rules: tuple[Rule, Rule]) -> Flag | None:
    monday = today - (sunday - 1) * ONE_DAY
    found = flag(_rated(ratings, today, sunday), monday)
    if found is None:
        return None
    week = found.week
    numbers = {"mean": week.mean, "days": week.days, "usual": week.usual, "usual_days": week.usual_days}
    first = week.period.first
    return Flag(rules[0] if found.is_higher else rules[1], first.isoformat(), monday, numbers, {"first": first})


def _rated(ratings: Ratings, today: date, sunday: int) -> Rated:
    days = _days_back(today)
    span = range(min(len(ratings), sunday + WEEKLY_DAYS) - 1, sunday - 1, -1)
    return [(days[ago], rating) for ago in span if (rating := ratings[ago]) is not None]


@lru_cache(maxsize=8)
def _days_back(today: date) -> tuple[date, ...]:
    """Every day of the window by how many days ago it is."""
    return tuple(today - ago * ONE_DAY for ago in range(WINDOW.days))
