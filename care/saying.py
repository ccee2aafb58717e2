"""How a sharing stands, in plain words. `one` is a sharing as care.standing finds it."""

from datetime import date, datetime
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from accounts.days import ONE_DAY, local_day, wall_clock
from care.models import Consent
from care.texts import day


def says(one: Any) -> str:
    """The state of a sharing."""
    return SAYS[one.state](one)


def says_of_seeing(one: Any, begins: datetime | None) -> str:
    """That a counselor sees something: now (None), when a pause ends, or from a moment on."""
    if one.state == "paused":
        return _("does not see it now, but when the pause ends")
    return _("sees it from %(time)s on") % {"time": clock(begins, one.person.tz)} if begins else _("sees it now")


def says_of_hiding() -> str:
    """That a counselor does not see something."""
    return _("does not see it")


def last_day(consent: Consent, person: Any) -> date:
    """A person's last day of a consent."""
    return local_day(consent.ends_at, person.tz, person.day_start) - ONE_DAY


def clock(moment: datetime, tz: str) -> str:
    """The time of day by the person's clock."""
    return format_date(wall_clock(moment, tz), "H:i")


def _begins(one: Any) -> str:
    return _("Begins at %(time)s. Until then, nothing is seen and you can undo it.") % {"time": one.begins}


def _shared(one: Any) -> str:
    if one.pending:
        return f"{_('Shared.')} {_change(one)}"
    return _("Shared until %(day)s.") % {"day": day(one.last_day)} if one.last_day else ""


def _paused(one: Any) -> str:
    looks = _("Paused. To %(name)s it looks as if nothing was written.") % {"name": one.name}
    return f"{looks} {_change(one)}" if one.pending else looks


def _change(one: Any) -> str:
    return _("What you signed begins at %(time)s. Until then, you can undo it.") % {"time": one.begins}


def _gone(one: Any) -> str:
    who = {"name": one.name, "organisation": one.membership.organisation.name}
    over = _("Sharing has ended.") if one.present else _("Nothing is shared.")
    if one.membership.left_at:
        return _("%(name)s left %(organisation)s.") % who + f" {over}"
    if one.membership.organisation.closed_at:
        return _("%(organisation)s has closed.") % who + f" {over}"
    return _("%(name)s does not work here now.") % who + f" {over}"


def _ended(one: Any) -> str:
    ended_at = one.ended_at or one.now
    by_itself = [consent for consent in one.signed if consent.ends_at == ended_at]
    if by_itself:
        return _("It ended by itself after %(day)s.") % {"day": day(last_day(by_itself[0], one.person))}
    return _("You stopped it on %(day)s.") % {"day": day(wall_clock(ended_at, one.person.tz).date())}


SAYS = {
    "asks": lambda one: _("Asks what you want to share. Nothing is shown before you decide."),
    "begins": _begins,
    "shared": _shared,
    "paused": _paused,
    "gone": _gone,
    "ended": _ended,
    "nothing": lambda one: _("Nothing is shared."),
}
