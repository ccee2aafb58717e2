"""How has mood been? How has sleep been? One rating over some days, as one line."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.charts.time_lines import small_multiples
from journal.figures.figure import Figure, Table, day
from journal.figures.life import level_names
from journal.insights.observations import DayRating, Period
from journal.insights.over_time import STRETCH_DAYS, Stretch, stretch
from journal.insights.together import SCALES


def mood_figure(days: Sequence[DayRating], period: Period, marked: Sequence[date] = ()) -> Figure:
    """Mood from day to day."""
    return _figure("mood", _("How has mood been?"), _("Mood, 1 to 5"), days, period, marked)


def sleep_figure(days: Sequence[DayRating], period: Period, marked: Sequence[date] = ()) -> Figure:
    """Sleep from night to night."""
    return _figure("sleep", _("How has sleep been?"), _("Sleep, 1 to 3"), days, period, marked)


def _figure(key: str, question: str, name: str, days: Sequence[DayRating], period: Period, marked: Sequence[date]) -> Figure:
    values = [(one.day, value) for one in days if one.day in period and (value := getattr(one, key)) is not None]
    lately = Period.ending(period.last, min(STRETCH_DAYS, period.days))
    words = level_names(key)
    return Figure(
        key,
        question,
        (_says(stretch(days, lately, key), words),),
        small_multiples(f"{key}-says", (period.first, period.last), [(name, SCALES[key], values)], 1, marked),
        Table((_("Day"), name), tuple((day(on), f"{value}: {words[value - 1]}") for on, value in values)),
        _("A dot is one day. A gap is a time without a check-in."),
    )


def _says(found: Stretch, words: Sequence[str]) -> str:
    said = {"days": found.period.days, "n": found.n}
    if found.mostly is None:
        return (
            ngettext(
                "In the last %(days)d days there is %(n)d rating.", "In the last %(days)d days there are %(n)d ratings.", found.n
            )
            % said
        )
    low, high = (words[value - 1] for value in found.mostly)
    if low == high:
        return _("In the last %(days)d days it was mostly %(low)s (%(n)d ratings).") % {**said, "low": low}
    return _("In the last %(days)d days it was mostly between %(low)s and %(high)s (%(n)d ratings).") % {
        **said,
        "low": low,
        "high": high,
    }
