"""How has craving been?"""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.charts.time_lines import band_and_line
from journal.figures.figure import Figure, Table, day, need, number
from journal.insights.over_time import OverTime, Stretch, Unit
from journal.insights.weekly import Flag


def craving_figure(found: OverTime, flag: Flag | None, today: date, marked: Sequence[date] = ()) -> Figure:
    """Dots, the middle line and its band."""
    key = "craving"
    period = found.period
    picture = band_and_line(
        f"{key}-says",
        (period.first, period.last),
        (0, 10),
        found.dots,
        [(point.day, point.median, point.band) for point in found.points],
        marked,
    )
    return Figure(
        key,
        _("How has craving been?"),
        tuple(filter(None, [lately(found.lately, today), before(found.before), unlike(flag)])),
        picture,
        _table(found),
        reading(found.unit),
        rules(found.unit),
        needs=tuple(map(need, found.missing)),
    )


def lately(found: Stretch, today: date) -> str:
    """The latest days in a sentence."""
    when = {"days": found.period.days, "n": found.n, "last": day(found.period.last)}
    start = _("In the last %(days)d days") if found.period.last == today else _("In the %(days)d days up to %(last)s")
    if found.mostly is None:
        if not found.n:
            return _("%(start)s there is no rating.") % {"start": start % when}
        said = ngettext(
            "%(start)s there is %(n)d rating. From five on, this says more.",
            "%(start)s there are %(n)d ratings. From five on, this says more.",
            found.n,
        )
        return said % {"start": start % when, "n": found.n}
    words = {"start": start % when, "n": found.n, "between": between(found.mostly)}
    return _("%(start)s your ratings were mostly %(between)s (%(n)d ratings).") % words


def before(found: Stretch) -> str:
    """The days before those, where there is enough."""
    if found.mostly is None:
        return ""
    words = {"days": found.period.days, "between": between(found.mostly), "n": found.n}
    return _("The %(days)d days before: %(between)s (%(n)d ratings).") % words


def between(mostly: tuple[int, int]) -> str:
    """A middle half in words."""
    low, high = mostly
    return str(low) if low == high else _("between %(low)d and %(high)d") % {"low": low, "high": high}


def unlike(flag: Flag | None) -> str:
    """A week that is unlike the eight before it."""
    if flag is None:
        return ""
    week = flag.week
    words = {
        "first": day(week.period.first),
        "mean": number(week.mean),
        "days": week.days,
        "usual": number(week.usual),
        "base": week.usual_days,
    }
    said = (
        _("In the week from %(first)s your ratings were higher than in the eight weeks before: about %(mean)s (%(days)d days), usually %(usual)s (%(base)d days).")
        if flag.is_higher
        else _("In the week from %(first)s your ratings were lower than in the eight weeks before: about %(mean)s (%(days)d days), usually %(usual)s (%(base)d days).")
    )  # fmt: skip
    return f"{said % words} {_('Weeks differ for many reasons.')}"


def reading(unit: Unit) -> str:
    """What the marks of the picture stand for."""
    if unit == Unit.MONTH:
        return _("The line is the middle rating of each month. The band is where half of the ratings were.")
    line = _("the middle of seven days") if unit == Unit.DAY else _("the middle of each week")
    return _("A dot is one day’s rating. The line is %(line)s. The band is where half of the ratings were.") % {"line": line}


def rules(unit: Unit) -> str:
    """The rules of the picture."""
    return {
        Unit.DAY: _(
            "The line is the middle rating of seven days, from three ratings on. The band holds the middle half of 28 days, from ten ratings on. Days without a rating stay empty."
        ),
        Unit.WEEK: _(
            "The line is the middle rating of each week, from three ratings on. The band holds the middle half of four weeks, from ten ratings on. Weeks without ratings stay empty."
        ),
        Unit.MONTH: _(
            "The line is the middle rating of each month, from five ratings on. The band holds the middle half, from ten ratings on. Months without ratings stay empty."
        ),
    }[unit]


def _table(found: OverTime) -> Table:
    first = {Unit.DAY: _("Day"), Unit.WEEK: _("Week from"), Unit.MONTH: _("Month from")}[found.unit]
    rating = dict(found.dots)
    shown = [point for point in found.points if point.n]
    half = _("%(low)d to %(high)d")
    rows = [
        (
            day(point.day),
            rating.get(point.day, point.n) if found.unit == Unit.DAY else point.n,
            "–" if point.median is None else number(point.median),
            "–" if point.band is None else half % {"low": point.band[0], "high": point.band[1]},
        )
        for point in shown
    ]
    count = _("Rating") if found.unit == Unit.DAY else _("Ratings")
    return Table((first, count, _("Middle"), _("Middle half")), tuple(rows))
