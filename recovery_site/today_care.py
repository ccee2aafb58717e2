"""What came from a counselor, for Today: a request, open proposals, unread words, and that they looked at the records together.

Nothing of it costs a person without a counselor a query: the marks ride along in a union that Today asks anyway.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, DateField, IntegerField, Value

from accounts.days import wall_clock
from accounts.grants import Grant
from care.models import Connection, Message, Proposal, Review
from care.proposing import offer
from care.standing import State, sharings_of

# Stand where a craving has its strength.
PROPOSED, WRITTEN, REVIEWED, ASKED = -2, -3, -4, -5
REVIEW_SHOWN = timedelta(days=3)
MOST = 5


def marks(grant: Grant, now: datetime) -> list[Any]:
    """Rows as (day, mark, id), for the union: whether something is there."""
    proposals = Proposal.objects.for_grant(grant).waiting().annotate(mark=_mark(PROPOSED))
    unread = Message.objects.for_grant(grant).new_to_person().annotate(mark=_mark(WRITTEN))
    reviews = _reviews(grant, now).annotate(local_day=Value(None, DateField()), mark=_mark(REVIEWED))
    asked = _waiting(grant).annotate(local_day=Value(None, DateField()), mark=_mark(ASKED))
    return [rows.values_list("local_day", "mark", "pk") for rows in (proposals, unread, reviews, asked)]


def from_counselor(grant: Grant, person: Any, found: Iterable[int | None], now: datetime) -> dict[str, Any]:
    """What Today shows of it; a query only for what is there."""
    there = set(found)
    return {
        "asking": _asking(person, now) if ASKED in there else [],
        "proposals": _proposals(grant) if PROPOSED in there else [],
        "unread": _unread(grant) if WRITTEN in there else [],
        "reviewed": _reviewed(grant, person, now) if REVIEWED in there else [],
    }


def _mark(number: int) -> Value:
    return Value(number, IntegerField())


def _reviews(grant: Grant, now: datetime) -> Any:
    return Review.objects.filter(connection__person_id=grant.person_id, at__gte=now - REVIEW_SHOWN)


def _waiting(grant: Grant) -> Any:
    return Connection.objects.filter(person_id=grant.person_id, answered_at=None)


def _asking(person: Any, now: datetime) -> list[Any]:
    """Who asks what the person wants to share, and can still be answered."""
    return [one for one in sharings_of(person, now, answered_at=None) if one.state == State.ASKS]


def _proposals(grant: Grant) -> list[Any]:
    rows = Proposal.objects.for_grant(grant).waiting().select_related("connection__membership")
    return [offer(one) for one in grant.open(rows[:MOST])]


def _unread(grant: Grant) -> list[dict[str, Any]]:
    """Who wrote, and how much is new; it is read in the thread. No words are opened here."""
    rows = (
        Message.objects.for_grant(grant).new_to_person().order_by().values("connection_id", "connection__membership__shown_name")
    )
    counted = rows.annotate(n=Count("pk")).order_by("connection_id")
    return [
        {"connection_id": row["connection_id"], "name": row["connection__membership__shown_name"], "n": row["n"]}
        for row in counted
    ]


def _reviewed(grant: Grant, person: Any, now: datetime) -> list[dict[str, Any]]:
    rows = _reviews(grant, now).select_related("connection__membership").order_by("-at")
    latest: dict[Any, dict[str, Any]] = {}
    for row in rows:
        day: date = wall_clock(row.at, person.tz).date()
        latest.setdefault(row.connection_id, {"name": row.connection.membership.shown_name, "day": day})
    return list(latest.values())
