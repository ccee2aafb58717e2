"""What can be asked of what people write to each other."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models

from accounts.owned import OwnedManager, OwnedQuerySet


class WordsQuerySet(OwnedQuerySet):
    """Rows that belong to a connection."""

    def over(self, *connection_ids: uuid.UUID) -> Self:
        """Those of these connections. A counselor's grant reaches no further anyway; a person's own reaches all of theirs."""
        return self.filter(connection_id__in=connection_ids)


class MessageQuerySet(WordsQuerySet):
    """Messages, comments and calls."""

    def new_to_person(self) -> Self:
        """What a counselor wrote and the person has not opened."""
        return self.kept().filter(from_counselor=True, read_at=None)

    def new_to_counselor(self) -> Self:
        """What a person wrote and the counselor has not opened, and calls that wait for an answer."""
        unread = models.Q(read_at=None) & ~models.Q(kind="call")
        return self.kept().filter(unread | models.Q(kind="call", answered_at=None), from_counselor=False)

    def open_calls(self) -> Self:
        """Calls asked for and not answered."""
        return self.kept().filter(kind="call", answered_at=None)

    def about_one(self, about: str, what: Any) -> Self:
        """Comments about one entry, one goal or one day, oldest first."""
        field = "about_day" if about == "day" else "about_id"
        return self.kept().filter(kind="comment", about=about, **{field: what}).order_by("occurred_at", "pk")


class AgendaQuerySet(WordsQuerySet):
    """Lines for next time."""

    def to_talk_about(self) -> Self:
        """Lines still to talk about, in the order they were written."""
        return self.kept().filter(done_at=None).order_by("occurred_at", "pk")

    def talked_about(self) -> Self:
        """Lines that were ticked off, latest first."""
        return self.kept().exclude(done_at=None).order_by("-done_at", "pk")


class StatementQuerySet(WordsQuerySet):
    """What a person says in their own words on reports."""

    def standing(self, connection_id: uuid.UUID) -> Any | None:
        """The one that stands over a connection, if there is one. One query."""
        return self.over(connection_id).kept().first()


class ProposalQuerySet(WordsQuerySet):
    """Proposals."""

    def waiting(self) -> Self:
        """Those without an answer, oldest first."""
        return self.kept().filter(answer="").order_by("occurred_at", "pk")

    def answered(self) -> Self:
        """Those with an answer, latest first."""
        return self.kept().exclude(answer="").order_by("-answered_at", "pk")

    def unseen_first(self) -> Self:
        """Those with an answer, and first what the counselor has not seen: however many wait, each comes to be shown."""
        unseen = models.Case(models.When(seen_at=None, then=0), default=1)
        return self.answered().order_by(unseen, "-answered_at", "pk")

    def new_to_counselor(self) -> Self:
        """Answers that the counselor has not seen."""
        return self.answered().filter(seen_at=None)


class NoteQuerySet(OwnedQuerySet):
    """A counselor's own notes: nobody else ever sees one, whatever is shared."""

    def for_others(self) -> Self:
        """Nothing."""
        return self.none()

    def latest_first(self) -> Self:
        """Latest first."""
        return self.kept().order_by("-occurred_at", "-pk")

    def binned_since(self, moment: datetime) -> Self:
        """Those removed since then, latest first."""
        return self.binned().filter(deleted_at__gte=moment)


class MessageManager(OwnedManager.from_queryset(MessageQuerySet)):  # type: ignore[misc]
    """Messages, reached through a grant."""


class AgendaManager(OwnedManager.from_queryset(AgendaQuerySet)):  # type: ignore[misc]
    """Lines for next time, reached through a grant."""


class StatementManager(OwnedManager.from_queryset(StatementQuerySet)):  # type: ignore[misc]
    """Own words for reports, reached through a grant."""


class ProposalManager(OwnedManager.from_queryset(ProposalQuerySet)):  # type: ignore[misc]
    """Proposals, reached through a grant."""


class NoteManager(OwnedManager.from_queryset(NoteQuerySet)):  # type: ignore[misc]
    """Own notes, reached through their author's grant."""
