"""Leaving one category out of a sharing: the same consent, signed anew without it."""

import uuid
from datetime import datetime

from django.db import transaction

from accounts.grants import Category, Grant
from accounts.models import Person
from care.actions.consents import ChangedMeanwhile, TooShort, Wanted, current, mine, pending, sign, stop
from care.locks import hold_for_change
from care.models import Consent
from care.saying import last_day


@transaction.atomic
def leave_out(
    grant: Grant, person: Person, connection_id: uuid.UUID, category: Category, basis: str, now: datetime
) -> Consent | None:
    """Close one category at once and keep the rest as it was signed; None where no rest is left, so that everything stops.
    `basis` is the id of the consent that the person saw. Raises Http404, and ChangedMeanwhile where another stands there.
    """
    connection = hold_for_change(mine(person.pk, connection_id).pk)
    held = current(connection.pk, now)
    seen = pending(connection.pk, now) or held
    if seen is None or str(seen.pk) != basis or category not in seen.scopes:
        raise ChangedMeanwhile
    wanted = _without(grant, person, seen, category)
    try:
        if wanted.scopes:
            return sign(grant, person, connection.pk, wanted, str(held.pk) if held else "", now)
    except TooShort:
        pass  # over before it could begin: nothing of it is worth keeping open
    stop(person, connection.pk, now)
    return None


def _without(grant: Grant, person: Person, seen: Consent, category: Category) -> Wanted:
    # What was signed and waits was signed with a fresh login; a part of it asks for no second one, and waits anew.
    rest = {name: first for name, first in seen.scopes.items() if name != category}
    return Wanted(rest, seen.purpose, last_day(seen, person), grant.open_one(seen).shown_name)
