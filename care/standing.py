"""How each sharing of a person stands now, in the person's words: who asks, who may look, what is paused or over."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.http import Http404

from accounts.grants import Category
from accounts.models import Person
from care.models import Connection, Consent, Membership
from care.saying import clock, last_day, says, says_of_hiding, says_of_seeing
from care.telling import in_words


class State(StrEnum):
    """What a sharing is at this moment."""

    ASKS = "asks"
    BEGINS = "begins"
    SHARED = "shared"
    PAUSED = "paused"
    GONE = "gone"
    ENDED = "ended"
    NOTHING = "nothing"


ORDER = list(State)
GOING_ON = frozenset({State.BEGINS, State.SHARED, State.PAUSED})


@dataclass(frozen=True)
class Sharing:
    """One connection with everything that was signed over it (latest first), as it stands at `now` by `person`'s clock."""

    connection: Connection
    person: Any
    signed: tuple[Consent, ...]
    in_force: Consent | None
    pending: Consent | None
    now: datetime

    @property
    def membership(self) -> Membership:
        """Who may look."""
        return self.connection.membership

    @property
    def name(self) -> str:
        """The counselor's name as it is shown."""
        return self.membership.shown_name

    @property
    def present(self) -> Consent | None:
        """What the person decided last and what still counts."""
        return self.pending or self.in_force

    @property
    def is_there(self) -> bool:
        """Whether the counselor still works there; otherwise nobody can look and nothing can be shared."""
        return is_there(self.membership)

    @cached_property
    def state(self) -> State:
        """The state, from its moments alone."""
        is_open = self.present is not None or self.connection.answered_at is None
        if is_open and not self.is_there:
            return State.GONE
        if self.present is not None:
            return self._going_on(self.present)
        if is_open:
            return State.ASKS
        return State.ENDED if self.ended_at else State.NOTHING

    def _going_on(self, present: Consent) -> State:
        if present.paused_at is not None:
            return State.PAUSED
        return State.SHARED if self.in_force else State.BEGINS

    @cached_property
    def ended_at(self) -> datetime | None:
        """When the last consent that ever began came to its end; None where one goes on or none began."""
        began = [one for one in self.signed if _began(one, self.now)]
        return None if self.present or not began else max(map(_end, began))

    @property
    def is_going_on(self) -> bool:
        """Whether there is something to change, pause or stop."""
        return self.state in GOING_ON

    @property
    def is_alive(self) -> bool:
        """Whether something is signed that would open again if the counselor came back."""
        return self.present is not None

    @property
    def what(self) -> str:
        """The categories that count now, inside a sentence."""
        return in_words(self.present.scopes, self.person.lapse_word) if self.present else ""

    @property
    def last_day(self) -> date | None:
        """The last day it reaches to."""
        return last_day(self.present, self.person) if self.present else None

    @property
    def has_place_for_entries(self) -> bool:
        """Whether journal entries can be shown over it, one by one."""
        return any(Category.ENTRIES in consent.scopes for consent in (self.in_force, self.pending) if consent)

    def of_entry(self, *, is_shown: bool) -> str:
        """Whether the counselor sees an entry, in plain words."""
        if not is_shown:
            return says_of_hiding()
        is_now = self.in_force is not None and Category.ENTRIES in self.in_force.scopes
        return says_of_seeing(self, None if is_now or self.pending is None else self.pending.starts_at)

    @property
    def begins(self) -> str:
        """The time at which what was signed begins."""
        return clock(self.pending.starts_at, self.person.tz) if self.pending else ""

    @property
    def says(self) -> str:
        """The state in plain words."""
        return says(self)


def is_there(membership: Membership) -> bool:
    """Whether somebody is at work under this membership; its person comes prefetched."""
    return membership.is_at_work and membership.person is not None and membership.person.is_active


def sharings_of(person: Person, now: datetime, **only: Any) -> list[Sharing]:
    """Every sharing of a person, those that wait for an answer first; four queries, however many there are."""
    rows = Connection.objects.filter(person_id=person.pk, **only).select_related("membership__organisation", "membership__person")
    connections = list(rows.order_by("created_at", "pk"))
    consents = Consent.objects.filter(connection__in=[one.pk for one in connections]).order_by("-signed_at", "-pk")
    signed: defaultdict[uuid.UUID, list[Consent]] = defaultdict(list)
    for consent in consents:
        signed[consent.connection_id].append(consent)
    in_force, pending = _first(consents.in_force(now)), _first(consents.still_to_begin(now))
    found = [Sharing(one, person, tuple(signed[one.pk]), in_force.get(one.pk), pending.get(one.pk), now) for one in connections]
    return sorted(found, key=lambda one: ORDER.index(one.state))


def sharing_of(person: Person, connection_id: uuid.UUID, now: datetime) -> Sharing:
    """One sharing; raises Http404, the same for absent and for somebody else's."""
    found = sharings_of(person, now, pk=connection_id)
    if not found:
        raise Http404
    return found[0]


@dataclass(frozen=True)
class Seen:
    """Somebody who sees a thing, and from when, in plain words."""

    sharing: Sharing
    says: str


def who_sees(sharings: Iterable[Sharing], category: Category, on: date, open_from: datetime) -> list[Seen]:
    """Who sees something of this category, of the day `on`, which is its owner's alone before `open_from`: now, soon, or when a
    pause ends.
    """
    found = []
    for one in sharings:
        opening = [consent for consent in (one.in_force, one.pending) if consent and _opens(consent, category, on)]
        if one.is_going_on and opening:
            begins = max(opening[0].starts_at, open_from)
            found.append(Seen(one, says_of_seeing(one, begins if begins > one.now else None)))
    return found


def _opens(consent: Consent, category: Category, on: date) -> bool:
    first = consent.scopes.get(category)
    return first is not None and first <= on.isoformat()


def _first(consents: Iterable[Consent]) -> Mapping[uuid.UUID, Consent]:
    latest: dict[uuid.UUID, Consent] = {}
    for consent in consents:
        latest.setdefault(consent.connection_id, consent)
    return latest


def _began(consent: Consent, now: datetime) -> bool:
    return consent.starts_at <= now and not (consent.revoked_at and consent.revoked_at < consent.starts_at)


def _end(consent: Consent) -> datetime:
    return min(filter(None, (consent.revoked_at, consent.replaced_at, consent.ends_at)))
