"""The sentences and tables of a progress report: facts of what is shared, about the person, in plain words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.models import Goal
from goals.progress import Progress, WeekOfSteps, done_share_interval
from journal.figures.figure import Table, number
from journal.insights.observations import CravingObservation, DayRating
from journal.words import Word
from library.shelf import Shelf

MOST_WAYS = 8
BAD_SLEEP = 1


@dataclass(frozen=True)
class GoalLine:
    """A goal as a report shows it: its title, how it stands, and how far it is."""

    title: str
    status: str
    progress: Progress


def coverage(name: str, n: int, of: int) -> str:
    """On how many days there is a check-in."""
    said = ngettext("%(name)s checked in on %(n)d of %(of)d day.", "%(name)s checked in on %(n)d of %(of)d days.", of)
    return said % {"name": name, "n": n, "of": of}


def craving_rated(days: Sequence[DayRating]) -> str:
    """What the daily craving ratings were; nothing where there is none."""
    given = [one.craving for one in days if one.craving is not None]
    if not given:
        return _("Craving was not rated in these days.")
    words = {"n": len(given), "low": min(given), "high": max(given), "middle": number(median(given))}
    said = ngettext(
        "Craving was rated on %(n)d day, at %(middle)s of 10.",
        "Craving was rated on %(n)d days, from %(low)d to %(high)d of 10; the middle is %(middle)s.",
        len(given),
    )
    return said % words


def mood_and_sleep(days: Sequence[DayRating]) -> str:
    """The middle mood, and how many bad nights."""
    moods = [one.mood for one in days if one.mood is not None]
    nights = [one.sleep for one in days if one.sleep is not None]
    if not moods:
        return _("Mood was not rated in these days.")
    mood = _("The middle mood was %(middle)s of 5") % {"middle": number(median(moods))}
    if not nights:
        return f"{mood}."
    words = {"mood": mood, "bad": nights.count(BAD_SLEEP), "n": len(nights)}
    said = ngettext(
        "%(mood)s; %(bad)d of %(n)d night was noted as bad.", "%(mood)s; %(bad)d of %(n)d nights were noted as bad.", len(nights)
    )
    return said % words


def cravings_logged(cravings: Sequence[CravingObservation]) -> str:
    """How many cravings were logged, and in how many something was done."""
    if not cravings:
        return _("No craving was logged in these days.")
    words = {"n": len(cravings), "did": sum(bool(one.strategies) for one in cravings)}
    said = ngettext(
        "%(n)d craving was logged, and something was done in %(did)d of them.",
        "%(n)d cravings were logged, and something was done in %(did)d of them.",
        len(cravings),
    )
    return said % words


def steps_done(weeks: Sequence[WeekOfSteps], goals_done: int) -> str:
    """How many planned steps are done, with a likely range, and how many goals were finished."""
    planned, done = sum(week.planned for week in weeks), sum(week.done for week in weeks)
    finished = ngettext("%d goal was finished", "%d goals were finished", goals_done) % goals_done
    if not planned:
        return f"{finished}." if goals_done else _("No step was planned for these days, and no goal was finished.")
    low, high = done_share_interval(done, planned)
    words = {"done": done, "planned": planned, "low": f"{low:.0%}", "high": f"{high:.0%}"}
    said = ngettext(
        "%(done)d of %(planned)d planned step is done (likely share %(low)s to %(high)s)",
        "%(done)d of %(planned)d planned steps are done (likely share %(low)s to %(high)s)",
        planned,
    )
    return f"{said % words}; {finished}." if goals_done else f"{said % words}."


def goals_table(goals: Iterable[GoalLine]) -> Table:
    """Goals with how they stand, their steps, and what was counted."""
    head = (_("Goal"), _("How it stands"), _("Steps done so far"), _("Counted in these days"))
    return Table(head, tuple((one.title, one.status, _steps(one.progress), _counted(one.progress)) for one in goals))


def _steps(made: Progress) -> str:
    return _("%(done)d of %(all)d") % {"done": made.steps_done, "all": made.steps_all} if made.steps_all else "–"


def _counted(made: Progress) -> str:
    return "–" if made.counted is None else str(made.counted)


def status_of(goal: Any) -> str:
    """How a goal stands."""
    return str(Goal.Status(goal.status).label)


def ways_table(cravings: Iterable[CravingObservation], names: Mapping[str, Word], shelf_now: Shelf) -> Table:
    """The ways to cope used most, with the page that explains each."""
    used = Counter(key for one in cravings for key in set(one.strategies) if key in names)
    first = sorted(used.items(), key=lambda item: (-item[1], item[0]))[:MOST_WAYS]
    rows = tuple((names[key].name, times, _page(key, shelf_now)) for key, times in first)
    return Table((_("Way to cope"), _("Times used"), _("Page about it")), rows)


def _page(key: str, shelf_now: Shelf) -> str:
    known = shelf_now.strategies.get(key)
    page = shelf_now.pages.get(known.page) if known else None
    return page.title if page else "–"
