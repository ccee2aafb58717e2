"""Short sealed texts of one person in one query: goals, lines for next time, and proposals that wait for an answer."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from care.access import Reading
from care.models import AgendaLine, Proposal
from goals.models import Goal

# Goals that were done or let go are named for so long.
CLOSED_FOR = timedelta(days=120)
MODELS: dict[str, Any] = {"goal": Goal, "agenda": AgendaLine, "proposal": Proposal}


@dataclass(frozen=True)
class Title:
    """A text, the id of its row, and plain values: a moment, a day, and a word (status, kind, or the id of an entry)."""

    id: uuid.UUID
    text: str
    at: datetime | None
    on: date | None
    word: str


@dataclass(frozen=True)
class Titles:
    """Goals, newest first; lines for next time and waiting proposals, oldest first."""

    goals: list[Title]
    agenda: list[Title]
    proposals: list[Title]

    @property
    def of_goals(self) -> dict[str, str]:
        """The titles of goals by id."""
        return {str(one.id): one.text for one in self.goals}


def titles(reading: Reading) -> Titles:
    """One query."""
    grant, over = reading.grant, reading.connection_id
    goals = Goal.objects.for_grant(grant).filter(Q(status=Goal.Status.ACTIVE) | Q(closed_at__gte=reading.now - CLOSED_FOR))
    lines = AgendaLine.objects.for_grant(grant).over(over).to_talk_about()
    proposals = Proposal.objects.for_grant(grant).over(over).waiting()
    parts = [
        _columns(lines, "agenda", "text", F("occurred_at"), F("local_day"), Cast("entry_id", CharField())),
        _columns(proposals, "proposal", "title", F("occurred_at"), F("local_day"), F("kind")),
        _columns(goals, "goal", "title", F("closed_at"), F("local_day"), F("status")),
    ]
    found: dict[str, list[Title]] = {what: [] for what in MODELS}
    for what, pk, sealed, at, on, word in parts[0].union(*parts[1:], all=True):
        found[what].append(Title(pk, _opened(reading, what, pk, sealed), at, on, word or ""))
    return Titles(
        sorted(found["goal"], key=lambda one: (one.on, one.id), reverse=True),
        *(sorted(found[what], key=lambda one: (one.at, one.id)) for what in ("agenda", "proposal")),
    )


def _columns(rows: QuerySet, what: str, text: str, at: Any, on: Any, word: Any) -> QuerySet:
    named = {"what": Value(what), "text": F(text), "at": at, "on": on, "word": Cast(word, CharField())}
    columns = [f"c_{name}" for name in named]
    rows = rows.order_by().annotate(**{f"c_{name}": column for name, column in named.items()})
    return rows.values_list("c_what", "pk", *columns[1:])


def _opened(reading: Reading, what: str, pk: uuid.UUID, sealed: Any) -> str:
    """The grant opens rows, so the row is put together again."""
    field = "text" if what == "agenda" else "title"
    row = MODELS[what](pk=pk, person_id=reading.whose.id, **{field: sealed})
    if what != "goal":
        row.connection_id = reading.connection_id
    return reading.grant.open_one(row).words[field]
