"""What helps in the moment?"""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.charts.bars import SlopeRow, slopes
from journal.figures.figure import Figure, Table, need, number
from journal.insights.coping import Coping, Strategy

MOST_ROWS = 6
FLAT = 0.05


def coping_figure(found: Coping, names: Mapping[str, str]) -> Figure:
    """Before and after for each way to cope, and the estimates."""
    key = "coping"
    known = [one for one in found.strategies if one.key in names]
    told = [one for one in found.told if one.key in names]
    rows = [
        SlopeRow(
            names[one.key],
            [(pair.before, pair.after) for pair in one.pairs],
            one.estimate if one in told else None,
            one.interval,
        )
        for one in known[:MOST_ROWS]
    ]
    return Figure(
        key,
        _("What helps in the moment?"),
        _sentences(found, told, names),
        slopes(f"{key}-says", rows, found.average),
        Table(
            (_("Way to cope"), _("Times rated"), _("Points down, as rated"), _("Points down, about"), _("Likely (80 %)")),
            tuple(_row(one, names, is_told=one in told) for one in known),
        ),
        _("Left: a line for each use, from before to after. Right: about how far craving fell, and where that likely lies."),
        _(
            "The dashed line is your average over everything you rated. Strong cravings fall by themselves too, so that line is the one to compare with. Each way is pulled towards it where uses are few."
        ),
        needs=tuple(map(need, found.missing)),
        about=tuple(one.key for one in told[:1]),
    )


def fell(points: float) -> str:
    """A drop in words: fell, rose, or stayed."""
    if abs(points) < FLAT:
        return _("stayed the same")
    said = _("fell about %(points)s") if points > 0 else _("rose about %(points)s")
    return said % {"points": number(abs(points))}


def _sentences(found: Coping, told: list[Strategy], names: Mapping[str, str]) -> tuple[str, ...]:
    in_all = _("after everything you rated, it %(fell)s (%(n)d times)") % {"fell": fell(found.average), "n": found.n}
    if not told:
        return (_("Nothing stands out yet: %(in_all)s.") % {"in_all": in_all},)
    best = told[0]
    words = {"name": names[best.key], "fell": fell(best.estimate), "n": best.n, "in_all": in_all}
    said = ngettext(
        "After “%(name)s” craving %(fell)s (%(n)d time); %(in_all)s.",
        "After “%(name)s” craving %(fell)s (%(n)d times); %(in_all)s.",
        best.n,
    )
    if best.interval[0] > found.average:
        return (said % words,)
    return said % words, _("The two are too close to tell apart yet.")


def _row(one: Strategy, names: Mapping[str, str], *, is_told: bool) -> tuple:
    low, high = one.interval
    likely = _("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}
    return names[one.key], one.n, number(one.raw), number(one.estimate) if is_told else "–", likely if is_told else "–"
