"""What a decision of the door rests on: the consents in force, with what a reading needs of the person and of the membership."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, QuerySet

from accounts.models import Person
from care.locks import Held
from care.models import Consent, Membership

CARING = (Membership.Role.COUNSELOR, Membership.Role.SUPERVISOR)
# Columns of the person beside the consent's own. Whole rows of everybody would cost more than all the rest of a decision.
_PERSON = {
    "whose_tz": F("person__tz"),
    "whose_day_start": F("person__day_start"),
    "whose_lapse_word": F("person__lapse_word"),
    "whose_country": F("person__country"),
    "whose_key": F("person__data_key__wrapped"),
}


@dataclass(frozen=True, slots=True)
class Whose:
    """The person whose records these are, as far as a page needs it."""

    id: uuid.UUID
    tz: str
    day_start: int
    lapse_word: str
    country: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One consent in force, whom it lets look (an organisation's admin too?), and whose connection it lies on."""

    consent: Consent
    membership: Membership
    connected_id: uuid.UUID
    also_admin: bool = False

    @property
    def whose(self) -> Whose:
        """The person who signed."""
        row: Any = self.consent
        return Whose(row.person_id, row.whose_tz, row.whose_day_start, row.whose_lapse_word, row.whose_country)

    @property
    def wrapped_key(self) -> bytes:
        """The person's key, sealed; raises TypeError where there is none."""
        row: Any = self.consent
        return bytes(row.whose_key)


def over_one(reader: Person, connection_id: uuid.UUID, now: datetime) -> list[Standing]:
    """The consent in force over one connection, for this reader, at work in an open organisation; none or one. One query."""
    work = _work(reader).order_by().values("pk")
    rows = _rows(now).filter(connection=connection_id, connection__membership__in=work)
    rows = rows.select_related("connection__membership__organisation").annotate(also_admin=Exists(_admin(reader)))
    return [_standing(one) for one in _latest(rows)]


def over_all(reader: Person, held: Iterable[Held], now: datetime) -> list[Standing]:
    """The same over every connection that is held, one for each of them. Two queries."""
    work = list(Membership.objects.at_work().of(reader.pk))
    places = {place.pk: place for place in work if place.role in CARING}
    is_admin = any(place.role == Membership.Role.ADMIN for place in work)
    theirs = {one.connection_id: one for one in held if one.membership_id in places}
    rows = _rows(now).filter(connection__among=theirs)
    over = ((one, theirs[one.connection_id]) for one in _latest(rows))
    return [Standing(one, places[on.membership_id], on.person_id, is_admin) for one, on in over]


def _standing(one: Any) -> Standing:
    return Standing(one, one.connection.membership, one.connection.person_id, one.also_admin)


def _admin(reader: Person) -> QuerySet[Membership]:
    return Membership.objects.at_work().of(reader.pk).filter(role=Membership.Role.ADMIN)


def _work(reader: Person) -> QuerySet[Membership]:
    return Membership.objects.at_work().of(reader.pk).filter(role__in=CARING)


def _rows(now: datetime) -> QuerySet[Consent]:
    """Consents in force of people whose account is on, the latest of each connection first."""
    rows = Consent.objects.in_force(now).filter(person__is_active=True)
    return rows.annotate(**_PERSON).order_by("connection", "-signed_at")


def _latest(rows: Iterable[Consent]) -> Iterator[Consent]:
    before = None
    for row in rows:
        if row.connection_id != before:
            yield row
        before = row.connection_id
