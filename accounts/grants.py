"""The one door to a person's rows: a frozen value that says who reads, whose rows, what for, and which."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.http import Http404, HttpRequest

from accounts import sealing


class Category(models.TextChoices):
    """What a person can share or keep, each on its own."""

    CHECK_INS = "check-ins", "check-ins"
    CRAVINGS = "cravings", "cravings"
    LAPSES = "lapses", "returns to use"
    ENTRIES = "entries", "journal entries"
    GOALS = "goals", "goals"
    PLAN = "plan", "my plan"
    INSIGHTS = "insights", "insights"
    READING = "reading", "reading"
    ACCOUNT = "account", "account"
    # What a person and a counselor write to each other, and what a counselor writes for nobody else.
    CONTACT = "contact", "messages and plans for next time"
    NOTES = "notes", "own notes"


@dataclass(frozen=True)
class Span:
    """Which rows of a category: days from and to (inclusive, None is open), for entries which ones, and for what people write
    to each other over which connections, so that nobody reads what somebody else was told.
    """

    from_day: date | None = None
    to_day: date | None = None
    row_ids: frozenset[uuid.UUID] | None = None
    over: frozenset[uuid.UUID] | None = None

    def reaches(self, row: Any) -> bool:
        """Whether a row may be read: by its day, its id, and the connection it lies on."""
        if self.from_day or self.to_day:
            day = getattr(row, "local_day", None)
            if day is not None and not (self.from_day or date.min) <= day <= (self.to_day or date.max):
                return False
        is_one = self.row_ids is None or row.pk in self.row_ids
        return is_one and (self.over is None or row.connection_id in self.over)


@dataclass(frozen=True)
class Opened:
    """A row's plain fields and opened words, frozen. `row` is the model row it came from."""

    row: Any
    words: Mapping[str, str]

    def __getattr__(self, name: str) -> Any:
        words = object.__getattribute__(self, "words")
        return words[name] if name in words else getattr(object.__getattribute__(self, "row"), name)


@dataclass(frozen=True)
class Grant:
    """Leave for `reader_id` to read rows of `person_id`. Only `Grant.own` and care.access make one."""

    reader_id: uuid.UUID
    person_id: uuid.UUID
    purpose: str
    spans: Mapping[Category, Span]
    wrapped_key: bytes = field(repr=False)

    @classmethod
    def own(cls, request: HttpRequest) -> "Grant":
        """Open your own rows; raises Http404 for anybody who is not signed in or is switched off."""
        person = request.user
        if isinstance(person, AnonymousUser) or not person.is_active:
            raise Http404
        cached = getattr(request, "_own_grant", None)
        if cached is None or cached.person_id != person.pk:
            cached = cls._for_owner(person)
            request._own_grant = cached  # type: ignore[attr-defined]
        return cached

    @classmethod
    def _for_owner(cls, person) -> "Grant":
        spans = MappingProxyType({category: Span() for category in Category})
        return cls(person.pk, person.pk, "own", spans, bytes(person.data_key.wrapped))

    @property
    def is_own(self) -> bool:
        """Whether the reader reads their own rows."""
        return self.reader_id == self.person_id

    @cached_property
    def _data_key(self) -> bytes:
        return sealing.unwrap(self.wrapped_key, self.person_id)

    def span(self, category: Category) -> Span | None:
        """What of a category may be read; None is nothing."""
        return self.spans.get(category)

    def open_one(self, row: Any) -> Opened:
        """One row with its words; raises SealBroken where they were changed or moved."""
        self._check(row)
        fields = sealed_fields(type(row))
        return Opened(row, MappingProxyType({f.attname: self._open_field(row, f) for f in fields}))

    def open_word(self, row: Any, name: str) -> str:
        """One sealed field of a row alone, where the others are long; raises SealBroken as `open_one` does."""
        self._check(row)
        return self._open_field(row, row._meta.get_field(name))

    def open(self, rows: Iterable[Any]) -> list[Opened]:
        """Rows with their words, in the same order."""
        return [self.open_one(row) for row in rows]

    def seal(self, row: Any, **words: str) -> None:
        """Set sealed fields of `row` in place. Raises ValueError for another person's row, for a kind of row that only its
        owner writes, and for an unknown field.
        """
        span = self.span(type(row).category)
        is_reply = type(row).by_readers and span is not None and span.reaches(row)
        if row.person_id != self.person_id or not (self.is_own or is_reply):
            raise ValueError("a grant seals only its reader's own rows")
        fields = {f.attname: f for f in sealed_fields(type(row))}
        for name, text in words.items():
            if name not in fields:
                raise ValueError(f"{name} is not a sealed field")
            where = sealing.place(fields[name].label, row.pk, self.person_id)
            setattr(row, name, sealing.seal(self._data_key, text, where))

    def _check(self, row: Any) -> None:
        span = self.span(row.category)
        if row.person_id != self.person_id or span is None or not span.reaches(row):
            raise sealing.SealBroken("not in this grant")

    def _open_field(self, row: Any, f: sealing.SealedField) -> str:
        value = row.__dict__.get(f.attname)
        if not value:
            return ""
        return sealing.unseal(self._data_key, value, sealing.place(f.label, row.pk, self.person_id))


def sealed_fields(model: type[models.Model]) -> list[sealing.SealedField]:
    """The sealed fields of a model, in order."""
    return [f for f in model._meta.concrete_fields if isinstance(f, sealing.SealedField)]
