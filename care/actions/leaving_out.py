"""Leaving one category out of a sharing: the same consent, signed anew without it."""

import uuid
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from accounts.grants import Category, Grant
from accounts.models import Person
from care.actions.consents import TooShort, Wanted, current, mine, pending, sign, stop
from care.locks import hold_for_change
from care.models import Consent
from care.saying import last_day


class LeftOut(StrEnum):
    """What became of it: the rest goes on; it was the last one; the rest was about to end; or all had ended already."""

    REST = "left-out"
    LAST = "all-left-out"
    SHORT = "short-left-out"
    ENDED = "ended"


@transaction.atomic
def leave_out(grant: Grant, person: Person, connection_id: uuid.UUID, category: Category, now: datetime) -> LeftOut:
    """Close one category at once and keep the rest of what counts now: less is never refused, whatever another tab changed, and
    again is harmless. Raises Http404.
    """
    connection = hold_for_change(mine(person.pk, connection_id).pk)
    held = current(connection.pk, now)
    present = pending(connection.pk, now) or held
    if present is None:
        return LeftOut.ENDED
    if category not in present.scopes:
        return LeftOut.REST
    wanted = _without(grant, person, present, category)
    try:
        if wanted.scopes:
            sign(grant, person, connection.pk, wanted, str(held.pk) if held else "", now)
            return LeftOut.REST
    except TooShort:  # over before it could begin: nothing of it is worth keeping open
        stop(person, connection.pk, now)
        return LeftOut.SHORT
    stop(person, connection.pk, now)
    return LeftOut.LAST


def _without(grant: Grant, person: Person, present: Consent, category: Category) -> Wanted:
    # What was signed and waits was signed with a fresh login; a part of it asks for no second one, and waits anew.
    rest = {name: first for name, first in present.scopes.items() if name != category}
    return Wanted(rest, present.purpose, last_day(present, person), grant.open_one(present).shown_name)
