"""Storing what a phone sent: through the same forms as the pages, each log once, each in a transaction of its own."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.crypto import salted_hmac

from accounts.grants import Grant
from accounts.models import Receipt
from accounts.writing import State
from journal import actions
from journal.forms.lapses import LapseEditForm
from journal.forms.logs import CheckInForm, CravingForm, EntryForm
from journal.kinds import model_of
from journal.views.logs import chosen_words
from journal.words import words_for
from recovery_site.offline.keys import NotOurs, open_sealed, owner_of
from recovery_site.offline.parcels import Parcel, Typed, Unreadable, moment_of, typed_in


@dataclass(frozen=True)
class Outcome:
    """What became of a log: created, duplicate, conflict (both are kept), invalid or forbidden."""

    row_id: uuid.UUID
    status: str
    errors: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def as_json(self) -> dict[str, Any]:
        """The answer to the phone."""
        return {"client_uuid": str(self.row_id), "status": self.status, "errors": dict(self.errors)}


@dataclass(frozen=True)
class Taker:
    """How a kind of log is read and stored."""

    form: Any
    columns: tuple[str, ...]
    is_tagged: bool = True


TAKERS = {
    "check-in": Taker(CheckInForm, ("mood", "craving", "sleep", "medication"), is_tagged=False),
    "craving": Taker(CravingForm, ("intensity", "intensity_after", "outcome")),
    "use": Taker(LapseEditForm, ("withheld",)),
    "entry": Taker(EntryForm, ("prompt",)),
}
STATUSES = {State.NEW: "created", State.SAME: "duplicate", State.BOTH: "conflict"}


def take(grant: Grant, person: Any, parcel: Parcel, now: datetime) -> Outcome:
    """Open, check and store one log. The same parcel again is a duplicate, also after the log was changed on the site."""
    try:
        opened = open_sealed(parcel.key, parcel.sealed, parcel.bound_to(owner_of(person.pk)))
        typed = typed_in(opened, parcel.row_id)
    except (NotOurs, Unreadable):
        return Outcome(parcel.row_id, "forbidden")
    digest = salted_hmac("daybook.receipt", opened, algorithm="sha256").hexdigest()
    with transaction.atomic():
        if Receipt.objects.filter(person_id=person.pk, row_id=parcel.row_id, digest=digest).exists():
            return Outcome(parcel.row_id, "duplicate")
        outcome = _store(grant, person, parcel, typed, now)
        if outcome.status not in ("invalid", "forbidden"):
            receipt = Receipt(person_id=person.pk, row_id=parcel.row_id, digest=digest, kind=parcel.kind, typed_at=typed.at)
            Receipt.objects.bulk_create([receipt], ignore_conflicts=True)
    return outcome


def form_of(grant: Grant, person: Any, kind: str, typed: Typed, now: datetime) -> Any:
    """The page's own form with what was typed. Words that were put away meanwhile are still accepted."""
    taker = TAKERS[kind]
    kwargs: dict[str, Any] = {}
    if taker.is_tagged:
        kept = {name: typed.fields.getlist(name) for name in ("triggers", "strategies")}
        kwargs = {"words": words_for(grant), "initial": kept}
    return taker.form(typed.fields, clock=person, now=moment_of(typed.at, now), **kwargs)


def _store(grant: Grant, person: Any, parcel: Parcel, typed: Typed, now: datetime) -> Outcome:
    taker, form = TAKERS[parcel.kind], form_of(grant, person, parcel.kind, typed, now)
    if not form.is_valid():
        errors = {name: [str(message) for message in messages] for name, messages in form.errors.items()}
        return Outcome(parcel.row_id, "invalid", errors)
    values = {name: form.cleaned_data.get(name) for name in taker.columns}
    values |= {name: "" for name in ("medication", "outcome") if name in values and values[name] is None}
    if taker.is_tagged:
        values |= chosen_words(grant, form, person, now)
    row: Any = model_of(parcel.kind)(pk=parcel.row_id, **values)
    save = actions.save_entry if parcel.kind == "entry" else actions.save_new
    try:
        written = save(grant, row, person, form.cleaned_data["moment"], form.words())
    except Http404:
        return Outcome(parcel.row_id, "forbidden")
    return Outcome(parcel.row_id, STATUSES[written.state])
