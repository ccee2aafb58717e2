"""Rows that belong to one person, and the query language that reaches them."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.http import Http404
from django.utils import timezone

from accounts.days import DEFAULT_DAY_START, local_day
from accounts.grants import Category, Grant, Span
from accounts.ids import new_id, parse_id


class GrantNeeded(RuntimeError):
    """A query for owned rows that went round the door."""


class OwnedQuerySet(models.QuerySet):
    """What can be asked of owned rows once a grant has opened them."""

    model: type[Any]

    def for_grant(self, grant: Grant) -> Self:
        """The rows this grant may read; none where it has no such category."""
        span = grant.span(self.model.category)
        if span is None:
            return self.none()
        rows = self.filter(person_id=grant.person_id, **_within(span))
        return rows if grant.is_own else rows.for_others()

    def for_grants(self, grants: Iterable[Grant], first: date) -> Self:
        """The rows of many people from day `first` on, each person's as far as their grant reaches; one query."""
        groups: dict[date, set[uuid.UUID]] = {}
        over: set[uuid.UUID] | None = None
        for grant in grants:
            span = grant.span(self.model.category)
            if span is None or span.to_day is not None or span.row_ids is not None:
                continue  # what does not fit into one query is left out, never guessed
            groups.setdefault(max(span.from_day or first, first), set()).add(grant.person_id)
            if span.over is not None:
                over = (over or set()) | span.over
        if not groups:
            return self.none()
        reach = [models.Q(person__among=people, local_day__gte=day) for day, people in groups.items()]
        rows = self.for_others().filter(reduce(or_, reach))
        return rows if over is None else rows.filter(connection__among=over)

    def for_others(self) -> Self:
        """What anybody but the owner may see at most: nothing that lies in the bin."""
        return self.kept()

    def kept(self) -> Self:
        """Rows outside the bin."""
        return self.filter(deleted_at=None)

    def binned(self) -> Self:
        """Rows in the bin, latest first."""
        return self.exclude(deleted_at=None).order_by("-deleted_at")

    def between(self, first: date, last: date) -> Self:
        """Rows of the local days from `first` to `last`, both included."""
        return self.filter(local_day__gte=first, local_day__lte=last)

    def on_day(self, day: date) -> Self:
        """Rows of one local day."""
        return self.filter(local_day=day)

    def newest_first(self) -> Self:
        """By day, then moment, newest first."""
        return self.order_by("-local_day", "-occurred_at", "-pk")

    def one(self, row_id: object) -> Any:
        """The row with this id; raises Http404, the same for absent and for not allowed."""
        row = self.filter(pk=parse_id(row_id)).first() if parse_id(row_id) else None
        if row is None:
            raise Http404
        return row


def _within(span: Span) -> dict[str, Any]:
    """A span as the conditions of one filter: each further filter copies the query once more."""
    found: dict[str, Any] = {}
    if span.from_day or span.to_day:
        found |= {"local_day__gte": span.from_day or date.min, "local_day__lte": span.to_day or date.max}
    if span.over is not None:
        found["connection_id__in"] = span.over
    if span.row_ids is not None:
        found["pk__in"] = span.row_ids
    return found


class OwnedManager(models.Manager.from_queryset(OwnedQuerySet)):  # type: ignore[misc]
    """A manager that refuses every query that does not begin with a grant."""

    use_in_migrations = False

    def get_queryset(self):
        """Refuse; raises GrantNeeded."""
        raise GrantNeeded(f"{self.model.__name__}: begin with .for_grant(grant).")

    def for_grant(self, grant: Grant):
        """The only road to a row."""
        return self._open().for_grant(grant)

    def for_grants(self, grants: Iterable[Grant], first: date):
        """The same for many people at once; see the query set."""
        return self._open().for_grants(grants, first)

    def binned_before(self, moment: datetime):
        """Ids only, of rows that have lain in the bin since before `moment`, for emptying it."""
        return self._open().filter(deleted_at__lt=moment).values_list("pk", flat=True)

    def latest_of(self, person_id: uuid.UUID) -> datetime | None:
        """When a person last wrote such a row, and nothing else of it."""
        return self._open().filter(person_id=person_id).aggregate(latest=models.Max("created_at"))["latest"]

    def empty_bin(self, before: datetime) -> int:
        """Delete for good what was binned before `before`, of everybody; returns how many rows went."""
        return self._open().filter(deleted_at__lt=before).delete()[0]

    def destroy_all_of(self, person_id: uuid.UUID) -> int:
        """Delete all rows of a person who closes the account; returns how many rows went."""
        return self._open().filter(person_id=person_id).delete()[0]

    def _open(self):
        return self._queryset_class(model=self.model, using=self._db, hints=self._hints)


class Owned(models.Model):
    """A row of one person: when it happened, by which clock, on which of their days, and which version it is."""

    category: Category
    # Whether somebody whom a grant lets in may write such a row, as a counselor writes a message.
    by_readers = False

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+", editable=False)
    occurred_at = models.DateTimeField()
    tz = models.CharField(max_length=64)
    day_start = models.PositiveSmallIntegerField(default=DEFAULT_DAY_START)
    local_day = models.DateField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OwnedManager()

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["person", "-local_day", "-occurred_at"], name="%(app_label)s_%(class)s_by_day"),
            models.Index(
                fields=["deleted_at"],
                name="%(app_label)s_%(class)s_bin",
                condition=models.Q(deleted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_binned(self) -> bool:
        """Whether it lies in the bin."""
        return self.deleted_at is not None


def stamp(row: Owned, person: Any, moment: datetime) -> None:
    """Write the moment, and the day it counts to by the person's clock of now."""
    row.occurred_at, row.tz, row.day_start = moment, person.tz, person.day_start
    row.local_day = local_day(moment, person.tz, person.day_start)


def move(row: Owned, moment: datetime) -> None:
    """Give a row another moment, read by the clock it was written with."""
    row.occurred_at = moment
    row.local_day = local_day(moment, row.tz, row.day_start)
