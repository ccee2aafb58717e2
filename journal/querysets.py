"""What can be asked of check-ins, cravings and entries."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django.db import models

from accounts.owned import OwnedManager, OwnedQuerySet


@dataclass(frozen=True)
class CravingObservation:
    """A craving as numbers and names, for calculations."""

    moment: datetime
    day: date
    intensity: int
    intensity_after: int | None
    triggers: tuple[str, ...]
    strategies: tuple[str, ...]


@dataclass(frozen=True)
class Neighbours:
    """The nearest months with rows before and after a month."""

    earlier: date | None
    later: date | None


class JournalQuerySet(OwnedQuerySet):
    """Questions that every kind of log answers."""

    def in_month(self, month: date) -> Self:
        """Rows of the month that begins on `month`."""
        return self.filter(local_day__gte=month, local_day__lt=next_month(month))

    def neighbours(self, month: date) -> Neighbours:
        """Where to go from a month; two index look-ups, whatever the size of the diary."""
        days = self.order_by().values_list("local_day", flat=True)
        earlier = days.filter(local_day__lt=month).order_by("-local_day").first()
        later = days.filter(local_day__gte=next_month(month)).order_by("local_day").first()
        return Neighbours(*(day.replace(day=1) if day else None for day in (earlier, later)))


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


class TaggedQuerySet(JournalQuerySet):
    """Rows that carry triggers or coping strategies."""

    def with_tag(self, kind: str, key: str) -> Self:
        """Rows tagged with this trigger or strategy (a slug, or the id of an own word)."""
        return self.filter(taggings__kind=kind, taggings__key=key)


class CravingQuerySet(TaggedQuerySet):
    """Cravings."""

    def as_observations(self) -> list[CravingObservation]:
        """Leave the database: plain values, oldest first."""
        rows = self.order_by("occurred_at", "pk").values_list(
            "occurred_at", "local_day", "intensity", "intensity_after", "triggers", "strategies"
        )
        return [CravingObservation(m, d, i, after, tuple(t), tuple(s)) for m, d, i, after, t, s in rows]

    def tag_counts(self, wanted: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """How many cravings carry each of the wanted (kind, key) pairs; one query."""
        tagged = self.order_by().filter(taggings__key__in={key for _kind, key in wanted})
        rows = tagged.values_list("taggings__kind", "taggings__key").annotate(times=models.Count("pk", distinct=True))
        return {(kind, key): times for kind, key, times in rows}

    def summary(self) -> dict[str, Any]:
        """How often, how strong on average, and when last."""
        return self.order_by().aggregate(times=models.Count("pk"), mean=models.Avg("intensity"), last=models.Max("local_day"))


class JournalManager(OwnedManager.from_queryset(JournalQuerySet)):  # type: ignore[misc]
    """Check-ins and drafts."""


class TaggedManager(OwnedManager.from_queryset(TaggedQuerySet)):  # type: ignore[misc]
    """Entries."""


class CravingManager(OwnedManager.from_queryset(CravingQuerySet)):  # type: ignore[misc]
    """Cravings."""
