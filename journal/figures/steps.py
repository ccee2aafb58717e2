"""How are my goals going? Steps done of those planned, week by week."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.charts.bars import planned_and_done
from journal.figures.figure import Figure, Table, day, need
from journal.insights.observations import Missing

MOST_WEEKS = 13


class Week(Protocol):
    """A week's plan: the Monday, how many steps were planned for it, and how many of those are done."""

    @property
    def monday(self) -> date:
        """Its first day."""

    @property
    def planned(self) -> int:
        """Steps planned for it."""

    @property
    def done(self) -> int:
        """Those that are done."""


def steps_figure(weeks: Sequence[Week]) -> Figure:
    """Steps done of those planned, week by week, the latest first; `weeks` come oldest first."""
    key = "steps"
    shown = list(reversed(weeks))
    rows = [(format_date(week.monday, "j M"), week.planned, week.done) for week in shown[:MOST_WEEKS]]
    of = _("%(done)d of %(planned)d")
    return Figure(
        key,
        _("How are my goals going?"),
        (_steps_sentence(shown),),
        planned_and_done(f"{key}-says", rows) if rows else "",
        Table(
            (_("Week from"), _("Steps done")),
            tuple((day(week.monday), of % {"done": week.done, "planned": week.planned}) for week in shown),
        ),
        _("The outline is what was planned for a week, the filled part is done. At most 13 weeks are drawn."),
        needs=() if weeks else (need(Missing("steps", 0, 1)),),
    )


def _steps_sentence(shown: Sequence[Week]) -> str:
    if not shown:
        return _("No step is planned for a week yet.")
    week = shown[0]
    words = {"done": week.done, "planned": week.planned, "day": day(week.monday)}
    return (
        ngettext(
            "In the week from %(day)s, %(done)d of %(planned)d planned step is done.",
            "In the week from %(day)s, %(done)d of %(planned)d planned steps are done.",
            week.planned,
        )
        % words
    )
