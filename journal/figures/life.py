"""Sleep, mood and craving side by side, the year, and scores."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.charts.grids import year
from journal.charts.time_lines import score_line, small_multiples
from journal.figures.figure import Figure, Table, day, need, number
from journal.insights.mosaic import LEVELS, Mosaic
from journal.insights.observations import Missing, Period
from journal.insights.over_time import DAYS, Unit
from journal.insights.scores import LEAST_SCORES, Scores, band_of
from journal.insights.together import SCALES, Together


def together_figure(found: Together, period: Period, marked: Sequence[date] = ()) -> Figure:
    """Three lines over the same days."""
    key = "together"
    names = {"sleep": _("Sleep, 1 to 3"), "mood": _("Mood, 1 to 5"), "craving": _("Craving, 0 to 10")}
    panels = [(names[one], SCALES[one], [(at.first, getattr(at, one)) for at in found.averages]) for one in SCALES]
    first = {Unit.DAY: _("Day"), Unit.WEEK: _("Week from"), Unit.MONTH: _("Month from")}[found.unit]
    rows = tuple((day(at.first), *(_said(getattr(at, one)) for one in SCALES), at.n) for at in found.averages)
    said = ngettext(
        "Your three lines, same dates: %(n)d day with a check-in.",
        "Your three lines, same dates: %(n)d days with a check-in.",
        found.days,
    )
    start = min([period.first, *(at.first for at in found.averages[:1])])
    return Figure(
        key,
        _("How do sleep, mood and craving move together?"),
        (said % {"n": found.days},),
        small_multiples(f"{key}-says", (start, period.last), panels, DAYS[found.unit], marked),
        Table((first, _("Sleep"), _("Mood"), _("Craving"), _("Check-ins")), rows),
        _("Three pictures with the same days across. Nothing is computed between them; a gap is a time without a check-in."),
        needs=tuple(map(need, found.missing)),
    )


def _said(value: float | None) -> str:
    return "–" if value is None else number(value)


def level_names(kind: str) -> list[str]:
    """The levels of a mosaic in words, lowest first."""
    return {
        "mood": [_("very low"), _("low"), _("so-so"), _("good"), _("very good")],
        "craving": [_("none"), _("1 to 3"), _("4 to 6"), _("7 to 10")],
        "sleep": [_("badly"), _("OK"), _("well")],
    }[kind]


def year_figure(found: Mosaic) -> Figure:
    """The year in days, by mood."""
    key = "year"
    said = ngettext("You noted your mood on %(n)d day of %(year)d.", "You noted your mood on %(n)d days of %(year)d.", found.days)
    return Figure(
        key,
        _("What was my year like?"),
        (said % {"n": found.days, "year": found.year},),
        year(
            f"{key}-says", [str(MONTHS_3[at]).capitalize() for at in range(1, 13)], found.levels, LEVELS[found.kind], found.year
        ),
        month_table(found),
        _("A box for each day: empty is very low, full is very good. A point is a day without a check-in."),
        needs=tuple(map(need, found.missing)),
    )


def month_table(found: Mosaic) -> Table:
    """How many days of each level every month has."""
    levels = range(1, LEVELS[found.kind] + 1)
    rows = ((str(MONTHS[month]), *(counts.get(level, 0) for level in levels)) for month, counts in found.months.items())
    return Table((_("Month"), *level_names(found.kind)), tuple(rows))


def band_names(key: str) -> list[str]:
    """The bands of a questionnaire as its authors name them, lowest first."""
    return {
        "phq-9": [_("minimal"), _("mild"), _("moderate"), _("moderately severe"), _("severe")],
        "gad-7": [_("minimal"), _("mild"), _("moderate"), _("severe")],
        "who-5": [_("very low"), _("low"), _("not low")],
    }[key]


def scores_figure(found: Scores, key: str = "scores") -> Figure:
    """Scores over time with their bands."""
    instrument = found.instrument
    names = band_names(instrument.key)
    days = [score.day for score in found.scores]
    bands = list(zip(instrument.bands, names, strict=True))
    values: list[Any] = [(score.day, score.total) for score in found.scores]
    rows = tuple((day(score.day), score.total, names[band_of(instrument, score.total)]) for score in found.scores)
    return Figure(
        key,
        _("What did questionnaires say?"),
        _score_sentences(found),
        score_line(f"{key}-says", (min(days), max(days)), instrument.most, bands, values),
        Table((_("Day"), instrument.name, _("Range")), rows),
        _("The lines and their names are those of the questionnaire’s authors. A score is not a diagnosis."),
        needs=tuple(map(need, found.missing)),
    )


def no_scores() -> Figure:
    """The question, before there is a score."""
    question = _("What did questionnaires say?")
    needs = (need(Missing("scores", 0, LEAST_SCORES)),)
    return Figure("scores", question, (_("No score is noted in these days."),), "", Table((_("Day"),), ()), "", needs=needs)


def _score_sentences(found: Scores) -> tuple[str, ...]:
    first, last = found.scores[0], found.scores[-1]
    words = {"name": found.instrument.name, "was": first.total, "then": day(first.day), "now": last.total, "day": day(last.day)}
    if first == last:
        return (_("%(name)s was %(was)d on %(then)s.") % words,)
    said = _("%(name)s was %(was)d on %(then)s and %(now)d on %(day)s.") % words
    change = {"points": found.instrument.change}
    if found.is_meaningful:
        return said, _("That is a clear change: %(points)d points or more.") % change
    return said, _("A clear change would be %(points)d points or more.") % change
