"""What can be asked of check-ins, cravings and entries."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Self

from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.days import wall_clock
from accounts.owned import OwnedManager, OwnedQuerySet
from journal.insights.observations import CravingObservation, DayRating, one_a_day
from journal.insights.over_time import Bucket
from journal.insights.time_of_week import PULL
from journal.insights.together import Averages

MOST_CRAVING = 10
# Kindness first, learning later: clinical fact base, design rule 3.
LOOK_BACK_FROM, LOOK_BACK_TO = timedelta(hours=24), timedelta(hours=72)
# So long a return to use is its owner's alone, whatever is shared.
KEPT_BACK = timedelta(minutes=10)


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


def as_text(field: str) -> Cast:
    """A column of keys as the text it is stored as; the same few lists come again and again."""
    return Cast(field, models.TextField())


@lru_cache(maxsize=1_024)
def keys_in(stored: str) -> tuple[str, ...]:
    """The keys of a stored list."""
    return tuple(json.loads(stored))


class TaggedQuerySet(JournalQuerySet):
    """Rows that carry triggers or coping strategies."""

    def with_tag(self, kind: str, key: str) -> Self:
        """Rows tagged with this trigger or strategy (a slug, or the id of an own word)."""
        return self.filter(taggings__kind=kind, taggings__key=key)

    def noted(self) -> list[tuple[date, tuple[str, ...]]]:
        """The local day and triggers of rows that have any."""
        rows = self.exclude(triggers=[]).order_by("local_day").values_list("local_day", as_text("triggers"))
        return [(day, keys_in(triggers)) for day, triggers in rows]


class CravingQuerySet(TaggedQuerySet):
    """Cravings."""

    def as_observations(self) -> list[CravingObservation]:
        """Leave the database: plain values, oldest first."""
        rows = self.order_by("local_day", "occurred_at", "pk").values_list(
            "occurred_at", "tz", "local_day", "intensity", "intensity_after", as_text("triggers"), as_text("strategies")
        )
        return [
            CravingObservation(day, wall_clock(moment, tz).hour, before, after, keys_in(triggers), keys_in(strategies))
            for moment, tz, day, before, after, triggers, strategies in rows
        ]

    def tag_counts(self, wanted: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """How many cravings carry each of the wanted (kind, key) pairs; one query."""
        tagged = self.order_by().filter(taggings__key__in={key for _kind, key in wanted})
        rows = tagged.values_list("taggings__kind", "taggings__key").annotate(times=models.Count("pk", distinct=True))
        return {(kind, key): times for kind, key, times in rows}

    def strength_by_trigger(self, keys: list[str]) -> dict[str, float]:
        """Mean intensity with each trigger, pulled towards the mean of them all where there are few (k = 4); one query."""
        tagged = self.order_by().filter(taggings__kind="trigger", taggings__key__in=keys)
        rows = list(tagged.values_list("taggings__key").annotate(n=models.Count("pk"), total=models.Sum("intensity")))
        times = sum(n for _key, n, _total in rows)
        mean = sum(total for _key, _n, total in rows) / times if times else 0.0
        return {key: (total + PULL * mean) / (n + PULL) for key, n, total in rows}

    def summary(self) -> dict[str, Any]:
        """How often, how strong on average, and when last."""
        return self.order_by().aggregate(times=models.Count("pk"), mean=models.Avg("intensity"), last=models.Max("local_day"))


class CheckInQuerySet(JournalQuerySet):
    """Check-ins."""

    def as_day_ratings(self) -> list[DayRating]:
        """Leave the database: one value for each local day, oldest first."""
        rows = self.order_by("local_day", "occurred_at", "created_at")
        return one_a_day(DayRating(*row) for row in rows.values_list("local_day", "mood", "craving", "sleep"))

    def by_month(self) -> list["Month"]:
        """Ratings counted and averaged by month in the database, oldest first; every check-in counts."""
        counts = {f"n{n}": models.Count("pk", filter=models.Q(craving=n)) for n in range(MOST_CRAVING + 1)}
        means = {"in_all": models.Count("pk"), "m": models.Avg("mood"), "s": models.Avg("sleep"), "c": models.Avg("craving")}
        rows = self.order_by().annotate(month=YearMonth("local_day")).values("month").annotate(**counts, **means)
        return sorted((_month(row) for row in rows), key=lambda month: month.bucket.first)


class LapseQuerySet(JournalQuerySet):
    """Returns to use."""

    def for_others(self) -> Self:
        """Never one that its owner keeps to themselves, and none that was written this moment: "not this time" is asked after
        it is saved.
        """
        return super().for_others().filter(withheld=False, created_at__lte=timezone.now() - KEPT_BACK)

    def to_look_back(self, now: datetime) -> Self:
        """Those written down one to three days ago whose look back was neither written nor declined."""
        return self.filter(look_back="", created_at__lte=now - LOOK_BACK_FROM, created_at__gt=now - LOOK_BACK_TO)


class PlanQuerySet(JournalQuerySet):
    """Lines of a plan."""

    def of_part(self, part: str) -> Self:
        """One part's lines, in their order."""
        return self.filter(part=part).in_order()

    def in_order(self) -> Self:
        """In the person's order; lines added at once keep the order they were added in."""
        return self.order_by("position", "created_at", "pk")


@dataclass(frozen=True)
class Month:
    """A month of check-ins: craving ratings as counts, and the means of all three ratings."""

    bucket: Bucket
    averages: Averages


class YearMonth(models.Func):
    """A day's month as "2026-11", computed by the database itself (SQLite would call back into Python for TruncMonth)."""

    output_field = models.CharField()

    def as_sqlite(self, compiler, connection, **extra):
        """SQLite keeps days as text."""
        return super().as_sql(compiler, connection, template="SUBSTR(%(expressions)s, 1, 7)", **extra)

    def as_postgresql(self, compiler, connection, **extra):
        """PostgreSQL has its own word for it."""
        return super().as_sql(compiler, connection, template="TO_CHAR(%(expressions)s, 'YYYY-MM')", **extra)


def _month(row: dict[str, Any]) -> Month:
    first = date.fromisoformat(f"{row['month']}-01")
    ratings = Counter({n: row[f"n{n}"] for n in range(MOST_CRAVING + 1) if row[f"n{n}"]})
    means = (None if row[name] is None else float(row[name]) for name in ("s", "m", "c"))
    return Month(Bucket(first, ratings), Averages(first, row["in_all"], *means))


class JournalManager(OwnedManager.from_queryset(JournalQuerySet)):  # type: ignore[misc]
    """Drafts and own words."""


class CheckInManager(OwnedManager.from_queryset(CheckInQuerySet)):  # type: ignore[misc]
    """Check-ins."""


class TaggedManager(OwnedManager.from_queryset(TaggedQuerySet)):  # type: ignore[misc]
    """Entries."""


class LapseManager(OwnedManager.from_queryset(LapseQuerySet)):  # type: ignore[misc]
    """Returns to use."""


class PlanManager(OwnedManager.from_queryset(PlanQuerySet)):  # type: ignore[misc]
    """Lines of a plan."""


class PrivateQuerySet(JournalQuerySet):
    """Rows that nobody but their owner ever sees, whatever is shared."""

    def for_others(self) -> Self:
        """Nothing."""
        return self.none()


class PrivateManager(OwnedManager.from_queryset(PrivateQuerySet)):  # type: ignore[misc]
    """Rows that nobody but their owner ever sees."""


class SinceQuerySet(PrivateQuerySet):
    """Lines of "time since"."""

    def current(self) -> Self:
        """Lines that go on or rest; the ended ones are left out."""
        return self.kept().filter(ended_on=None).order_by("start_on", "pk")

    def going_on(self) -> Self:
        """Lines that neither rest nor ended."""
        return self.current().filter(paused_on=None)

    def on_today(self) -> Self:
        """Lines that a person wants to see on Today."""
        return self.current().filter(on_today=True)

    def past(self) -> Self:
        """Ended lines, latest first."""
        return self.kept().exclude(ended_on=None).order_by("-ended_on", "-pk")


class SinceManager(OwnedManager.from_queryset(SinceQuerySet)):  # type: ignore[misc]
    """Lines of "time since"."""


class CravingManager(OwnedManager.from_queryset(CravingQuerySet)):  # type: ignore[misc]
    """Cravings."""
