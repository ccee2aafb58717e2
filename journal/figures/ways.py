"""What helps in the moment?"""

from collections.abc import Mapping, Sequence

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
    return Figure(
        key,
        _("What helps in the moment?"),
        _sentences(found, told, names),
        slopes(f"{key}-says", _slopes(known[:MOST_ROWS], told, names), found.average),
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


def _slopes(known: Sequence[Strategy], told: Sequence[Strategy], names: Mapping[str, str]) -> list[SlopeRow]:
    return [
        SlopeRow(
            names[one.key],
            [(pair.before, pair.after) for pair in one.pairs],
            one.estimate if one in told else None,
            one.interval,
        )
        for one in known
    ]


def fell(points: float) -> str:
    """A drop in words: fell, rose, or stayed."""
    if abs(points) < FLAT:
        return _("stayed the same")
    said = _("fell about %(points)s") if points > 0 else _("rose about %(points)s")
    return said % {"points": number(abs(points))}


def strategy_sentence(found: Coping, key: str, name: str) -> str:
    """What followed one way to cope; what is missing where that cannot be said yet, and nothing where it was never rated."""
    one = next((one for one in found.strategies if one.key == key), None)
    if one is None:
        return ""
    if one not in found.told:
        said = ngettext(
            "“%(name)s”: rated %(n)d time before and after. Not enough to say yet.",
            "“%(name)s”: rated %(n)d times before and after. Not enough to say yet.",
            one.n,
        )
        return said % {"name": name, "n": one.n}
    said = ngettext("After “%(name)s” craving %(fell)s (%(n)d time).", "After “%(name)s” craving %(fell)s (%(n)d times).", one.n)
    return said % {"name": name, "fell": fell(one.estimate), "n": one.n}


def average_sentence(found: Coping) -> str:
    """What followed everything that was rated; nothing where nothing was."""
    if not found.n:
        return ""
    said = ngettext(
        "After everything you rated, craving %(fell)s (%(n)d time).",
        "After everything you rated, craving %(fell)s (%(n)d times).",
        found.n,
    )
    return said % {"fell": fell(found.average), "n": found.n}


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
    if best is found.apart:
        return (said % words,)
    return said % words, _("The two are too close to tell apart yet.")


def _row(one: Strategy, names: Mapping[str, str], *, is_told: bool) -> tuple:
    low, high = one.interval
    likely = _("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}
    return names[one.key], one.n, number(one.mean_drop), number(one.estimate) if is_told else "–", likely if is_told else "–"
