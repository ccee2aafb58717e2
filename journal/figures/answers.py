"""What one's own questions answer: a table of one or two columns, a sentence, and the ways to cope."""

from collections.abc import Mapping, Sequence

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.figures.craving import between
from journal.figures.figure import Table, both, number
from journal.insights.asking import Answer, Contrast
from journal.insights.named import named_triggers
from journal.insights.observations import Period
from journal.insights.ratings import Ratings, median, middle_half, size

SHOWN = 3


def answers_table(answers: Sequence[Answer], names: Mapping[str, str]) -> Table:
    """One column for each period."""
    rows = [
        (_("Cravings noticed"), *(size(one.strengths) for one in answers)),
        (_("Their strength, middle"), *(_middle(one.strengths) for one in answers)),
        (_("Their strength, mostly"), *(_mostly(one.strengths) for one in answers)),
        (_("Named most often"), *(_named(one, names) for one in answers)),
        (_("Days with a check-in"), *(len(one.days) for one in answers)),
        (_("Craving that day, middle"), *(_middle(one.rated("craving")) for one in answers)),
        (_("Craving that day, mostly"), *(_mostly(one.rated("craving")) for one in answers)),
        (_("Mood that day, middle (1 to 5)"), *(_middle(one.rated("mood")) for one in answers)),
        (_("Sleep, middle (1 to 3)"), *(_middle(one.rated("sleep")) for one in answers)),
    ]
    return Table((_("What"), *(_short(one.period) for one in answers)), tuple(rows))


def summary(one: Answer) -> str:
    """A period's cravings in a sentence."""
    n = size(one.strengths)
    if not n:
        return _("No craving is logged here.")
    said = ngettext(
        "%(n)d craving is logged here, its strength %(mostly)s.",
        "%(n)d cravings are logged here, their strength mostly %(mostly)s.",
        n,
    )
    return said % {"n": n, "mostly": _mostly(one.strengths)}


def compared(found: Contrast | None) -> str:
    """Two periods in a sentence."""
    if found is None:
        return _("Both need eight days with a craving rating before they can be compared.")
    words = {"first": number(found.first), "second": number(found.second), "n": found.first_days, "m": found.second_days}
    if not found.differs:
        said = _(
            "Craving was about the same in both: %(first)s and %(second)s on average (%(n)d and %(m)d days). A smaller difference can be chance."
        )
        return said % words
    said = (
        _("Craving was higher in the first: %(first)s and %(second)s on average (%(n)d and %(m)d days).")
        if found.difference > 0
        else _("Craving was lower in the first: %(first)s and %(second)s on average (%(n)d and %(m)d days).")
    )
    return f"{said % words} {_('This does not show why.')}"


def _short(period: Period) -> str:
    """A period as narrow as a column."""
    days = {"first": format_date(period.first, "j M Y"), "last": format_date(period.last, "j M Y")}
    return _("%(first)s to %(last)s") % days


def _middle(ratings: Ratings) -> str:
    return number(median(ratings)) if size(ratings) else "–"


def _mostly(ratings: Ratings) -> str:
    return between(middle_half(ratings)) if size(ratings) else "–"


def _named(one: Answer, names: Mapping[str, str]) -> str:
    found = [row for row in named_triggers(one.cravings).named if row.key in names]
    of = _("%(name)s (%(times)d of %(of)d)")
    return both([of % {"name": names[row.key], "times": row.times, "of": row.of} for row in found[:SHOWN]]) or "–"
