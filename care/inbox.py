"""What waits for a counselor, over everybody who shares with them: one query, and no words are opened."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, F, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import AccessRecord
from care.access import Reading
from care.models import Connection, Message, Proposal

NEW_FOR = timedelta(days=7)
EVER = date(2000, 1, 1)
MESSAGE, CALL, COMMENT = Message.Kind.MESSAGE.value, Message.Kind.CALL.value, Message.Kind.COMMENT.value
ASKED, LOOKED = "asked", "looked"
# Pages that look at everybody at once.
LISTS = ("inbox", "caseload")


@dataclass(frozen=True)
class Row:
    """One thing that waits: its id, over which connection (of a look: by which consent), what it is, and when it came."""

    row_id: uuid.UUID
    over: uuid.UUID
    what: str
    at: datetime


@dataclass(frozen=True)
class Waiting:
    """What waits from one person."""

    reading: Reading
    calls: list[Row]
    messages: int
    answers: list[str]
    is_new: bool
    latest: datetime

    @property
    def says(self) -> list[str]:
        """What waits beside calls, in words."""
        said = [ngettext("%(n)s message", "%(n)s messages", self.messages) % {"n": self.messages}] if self.messages else []
        if self.answers:
            labels = ", ".join(dict.fromkeys(str(Proposal.Answer(answer).label) for answer in self.answers))
            n = len(self.answers)
            said.append(
                ngettext("%(n)s proposal answered: %(answers)s", "%(n)s proposals answered: %(answers)s", n)
                % {"n": n, "answers": labels}
            )
        return [*said, *([_("shares with you now")] if self.is_new else [])]


def rows_for(reader_id: uuid.UUID, readings: Iterable[Reading]) -> list[Row]:
    """Everything that waits, requests that a person has not answered, and which new people were looked at. One query."""
    readings = list(readings)
    grants = [one.grant for one in readings]
    messages = Message.objects.for_grants(grants, EVER).new_to_counselor()
    proposals = Proposal.objects.for_grants(grants, EVER).new_to_counselor()
    asked = Connection.objects.filter(membership__person_id=reader_id, membership__left_at=None, answered_at=None)
    parts: list[Any] = [
        messages.annotate(over=F("connection_id"), what=F("kind"), when=F("occurred_at")),
        proposals.annotate(over=F("connection_id"), what=F("answer"), when=F("answered_at")),
        asked.annotate(over=F("pk"), what=Value(ASKED, CharField()), when=F("created_at")),
    ]
    new = [one for one in readings if _is_new(one)]
    if new:
        looks = AccessRecord.objects.filter(person_id__in=[one.whose.id for one in new], actor_id=reader_id)
        looks = looks.filter(consent_id__in=[one.consent.pk for one in new]).exclude(page__in=LISTS)
        parts.append(looks.annotate(over=F("consent_id"), what=Value(LOOKED, CharField()), when=F("at")))
    first, *others = [part.order_by().values_list("pk", "over", "what", "when") for part in parts]
    return [Row(*row) for row in first.union(*others, all=True)]


def _is_new(reading: Reading) -> bool:
    """Whether something was opened in the last week: a smaller consent begins at once, a wider one later."""
    consent = reading.consent
    return consent.starts_at >= reading.now - NEW_FOR and consent.starts_at != consent.signed_at


def waiting(readings: Iterable[Reading], rows: Iterable[Row]) -> list[Waiting]:
    """What waits by person: calls first, then the latest."""
    by_owner: dict[uuid.UUID, list[Row]] = {}
    for row in rows:
        by_owner.setdefault(row.over, []).append(row)
    found = [_waiting(one, by_owner.get(one.connection_id, []), is_seen=one.consent.pk in by_owner) for one in readings]
    there = [one for one in found if one is not None]
    return sorted(there, key=lambda one: (bool(one.calls), one.latest), reverse=True)


def _waiting(reading: Reading, rows: list[Row], *, is_seen: bool) -> Waiting | None:
    is_new = _is_new(reading) and not is_seen
    if not rows and not is_new:
        return None
    calls = sorted((row for row in rows if row.what == CALL), key=lambda row: row.at)
    messages = sum(row.what in (MESSAGE, COMMENT) for row in rows)
    answers = [row.what for row in rows if row.what in Proposal.Answer.values]
    beside = [row.at for row in rows if row.what != CALL]
    latest = max(beside or [row.at for row in calls], default=reading.consent.starts_at)
    return Waiting(reading, calls, messages, answers, is_new, latest)
