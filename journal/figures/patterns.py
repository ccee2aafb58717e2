"""When is it strongest, what comes with it, is it different on days with something: patterns of the latest year at most."""

from collections.abc import Mapping, Sequence

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.charts.bars import Group, horizontal, two_rows
from journal.charts.grids import heatmap
from journal.figures.figure import Figure, Table, both, need, number
from journal.insights.differences import BAD_SLEEP, Differences, Factor
from journal.insights.named import Named, NamedTriggers
from journal.insights.ratings import size
from journal.insights.time_of_week import Cell, Part, TimeOfWeek

Names = Mapping[str, str]
HOURS = ("4–8", "8–12", "12–16", "16–20", "20–24", "0–4")
MOST_BARS, MOST_DOTS = 8, 3


def part_name(part: Part) -> str:
    """A part of the day, in the plural, as it follows a weekday."""
    return {
        Part.EARLY: _("early mornings"),
        Part.MORNING: _("mornings"),
        Part.AFTERNOON: _("afternoons"),
        Part.LATE_AFTERNOON: _("late afternoons"),
        Part.EVENING: _("evenings"),
        Part.NIGHT: _("nights"),
    }[part]


def time_figure(found: TimeOfWeek) -> Figure:
    """The week in parts."""
    cells = {(cell.weekday, int(cell.part)): cell.strength if cell.is_shown else None for cell in found.cells}
    key = "time"
    names = [str(WEEKDAYS_ABBR[at]) for at in range(7)]
    rows = tuple((f"{WEEKDAYS[cell.weekday]}, {HOURS[cell.part]}", cell.n, _strength(cell)) for cell in found.cells)
    return Figure(
        key,
        _("When is it strongest?"),
        (_time_sentence(found),),
        heatmap(f"{key}-says", HOURS, names, cells),
        Table((_("Time"), _("Ratings"), _("Strength, about")), rows),
        _("Each number is the average strength at that time. A point means fewer than three ratings."),
        _(
            "Where ratings are few, the number is pulled towards your own average. Only strength counts here: how often you log says little."
        ),
        needs=tuple(map(need, found.missing)),
    )


def _strength(cell: Cell) -> str:
    return number(cell.strength) if cell.is_shown else "–"


def _time_sentence(found: TimeOfWeek) -> str:
    top = found.highest
    if top is None:
        words = {"mean": number(found.mean), "n": found.n}
        return _("No time of the week stands out: about %(mean)s on average, from %(n)d ratings.") % words
    words = {"day": WEEKDAYS[top.weekday], "part": part_name(top.part), "mean": f"{top.strength:.0f}", "n": top.n}
    said = _("Highest on %(day)s %(part)s: about %(mean)s, from %(n)d ratings.") % words
    return said if found.stands else f"{said} {_('With so few ratings this can be chance.')}"


def named_figure(found: NamedTriggers, names: Names) -> Figure:
    """Triggers by how often they were named."""
    key = "named"
    known = [one for one in found.named if one.key in names]
    of = _("%(times)d of %(of)d")
    rows = tuple(
        (names[one.key], of % {"times": one.times, "of": one.of}, f"{one.share[0]:.0%} – {one.share[1]:.0%}") for one in known
    )
    return Figure(
        key,
        _("What comes with cravings?"),
        (_named_sentence(known, names),),
        horizontal(f"{key}-says", [(names[one.key], one.times) for one in known[:MOST_BARS]], found.n),
        Table((_("Trigger"), _("Named in"), _("Likely share (80 %)")), rows),
        _("Counted over the cravings that name at least one trigger."),
        needs=tuple(map(need, found.missing)),
        about=tuple(one.key for one in known[:1]),
    )


def _named_sentence(known: Sequence[Named], names: Names) -> str:
    if not known:
        return _("No trigger is noted yet.")
    top = [one for one in known if one.times == known[0].times]
    words = {"names": both([names[one.key] for one in top]), "times": known[0].times, "of": known[0].of}
    if len(top) == 1:
        return _("%(names)s was named in %(times)d of %(of)d cravings.") % words
    return _("%(names)s were named most often, each in %(times)d of %(of)d cravings.") % words


def factor_name(factor: Factor, names: Names) -> str:
    """What was noted, as it is said."""
    return _("a bad night") if factor.key == BAD_SLEEP else names.get(factor.key, "")


def differences_figure(found: Differences, names: Names) -> Figure:
    """Days with and without."""
    key = "days"
    factors = [factor for factor in found.factors if factor.key == BAD_SLEEP or factor.key in names]
    shown = [factor for factor in factors if factor.stands] or factors
    return Figure(
        key,
        _("Is craving different on days with something?"),
        _difference_sentences(factors, names),
        two_rows(f"{key}-says", [_dots(factor, names) for factor in shown[:MOST_DOTS]]),
        Table(
            (_("Noted"), _("Days with"), _("Days without"), _("Middle with"), _("Middle without"), _("Stands out")),
            tuple(_factor_row(factor, names) for factor in factors),
        ),
        _("Each dot is a craving rating; the larger it is, the more days had it. The bar is the middle."),
        _(
            "Only days on which you noted something are compared. A difference is named when it is a point or more, and chance is unlikely over all comparisons at once."
        ),
        needs=tuple(map(need, found.missing)),
        about=tuple(factor.key for factor in factors if factor.stands and factor.key != BAD_SLEEP)[:1],
    )


def _dots(factor: Factor, names: Names) -> tuple[str, Group, Group]:
    compared = factor.comparison
    return (
        factor_name(factor, names),
        (_("with"), factor.with_days, compared.first_median),
        (_("without"), factor.without_days, compared.second_median),
    )


def _difference_sentences(factors: Sequence[Factor], names: Names) -> tuple[str, ...]:
    standing = [factor for factor in factors if factor.stands]
    if not standing:
        return (
            ngettext(
                "No clear pattern yet, in %(n)d thing you noted.",
                "No clear pattern yet, in %(n)d things you noted.",
                len(factors),
            )
            % {"n": len(factors)},
        )
    return tuple(_standing(factor, names) for factor in standing[:MOST_DOTS])


def _standing(factor: Factor, names: Names) -> str:
    compared = factor.comparison
    words = {
        "noted": factor_name(factor, names),
        "with": number(compared.first_median),
        "without": number(compared.second_median),
        "n": compared.first_n,
        "m": compared.second_n,
    }
    said = (
        _("On days you noted %(noted)s, craving was higher (%(with)s and %(without)s; %(n)d and %(m)d days).")
        if compared.difference > 0
        else _("On days you noted %(noted)s, craving was lower (%(with)s and %(without)s; %(n)d and %(m)d days).")
    )
    return f"{said % words} {_('This does not show why.')}"


def _factor_row(factor: Factor, names: Names) -> tuple:
    compared = factor.comparison
    return (
        factor_name(factor, names),
        size(factor.with_days),
        size(factor.without_days),
        number(compared.first_median),
        number(compared.second_median),
        _("yes") if factor.stands else _("no"),
    )
