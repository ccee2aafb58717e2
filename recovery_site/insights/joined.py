"""The insights that join apps: goals, and what was built."""

from datetime import date
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.progress import WeekOfSteps
from journal.charts.bars import brick, bricks
from journal.figures.figure import Figure, Table, both, day, need
from journal.figures.steps import steps_figure
from journal.insights.built import Built
from journal.insights.observations import Missing, Period

EXAMPLE_MONDAYS = (date(2025, 3, 3), date(2025, 3, 10), date(2025, 3, 17))


def parts(built: Built) -> list[tuple[str, int]]:
    """What was built, part by part: name and count."""
    return [
        (_("Check-ins"), built.check_ins),
        (_("Cravings noticed"), built.cravings_noticed),
        (_("Ways to cope used"), built.strategies_used),
        (_("Journal entries"), built.entries),
        (_("Steps done"), built.steps_done),
        (_("Goals done"), built.goals_done),
        (_("Pages read"), built.pages_finished),
    ]


def said_parts(built: Built) -> list[str]:
    """The same in words, without what was not done."""
    said = [
        (built.check_ins, ngettext("%d check-in", "%d check-ins", built.check_ins)),
        (built.cravings_noticed, ngettext("%d craving noticed", "%d cravings noticed", built.cravings_noticed)),
        (built.strategies_used, ngettext("a way to cope used %d time", "a way to cope used %d times", built.strategies_used)),
        (built.entries, ngettext("%d journal entry", "%d journal entries", built.entries)),
        (built.steps_done, ngettext("%d step done", "%d steps done", built.steps_done)),
        (built.goals_done, ngettext("%d goal done", "%d goals done", built.goals_done)),
        (built.pages_finished, ngettext("%d page read", "%d pages read", built.pages_finished)),
    ]
    return [words % times for times, words in said if times]


def built_figure(built: Built, period: Period) -> Figure:
    """Bricks for everything done in a period."""
    key = "built"
    counted = [(name, times) for name, times in parts(built) if times]
    said = both(said_parts(built))
    first = _("From %(first)s to %(last)s: %(said)s.") % {"first": day(period.first), "last": day(period.last), "said": said}
    return Figure(
        key,
        _("What have I built?"),
        (first,) if counted else (_("Nothing is logged in these days."),),
        bricks(f"{key}-says", counted) if counted else "",
        Table((_("What"), _("Times")), tuple(parts(built))),
        _bricks_said(brick(max([1, *(times for _name, times in counted)]))),
        needs=() if counted else (need(Missing("logs", 0, 1)),),
    )


def _bricks_said(worth: int) -> str:
    said = ngettext("A brick stands for %(n)d of them.", "A brick stands for up to %(n)d of them.", worth) % {"n": worth}
    return f"{said} {_('Nothing takes them away again.')}"


def example_steps() -> Figure:
    """Made-up weeks."""
    plans = zip(EXAMPLE_MONDAYS, (3, 4, 5), (1, 3, 4), strict=True)
    return steps_figure([WeekOfSteps(monday, planned, done) for monday, planned, done in plans])


def example_built() -> Figure:
    """Made-up counts."""
    make = partial(Built, check_ins=24, cravings_noticed=12, strategies_used=9, entries=7)
    return built_figure(make(steps_done=8, goals_done=2, pages_finished=5), Period(EXAMPLE_MONDAYS[0], EXAMPLE_MONDAYS[2]))
