"""What can be asked of goals and steps."""

from datetime import date
from typing import Self

from django.db import models

from accounts.owned import OwnedManager, OwnedQuerySet


class GoalQuerySet(OwnedQuerySet):
    """Goals."""

    def active(self) -> Self:
        """Goals being worked on, newest first."""
        return self.filter(status="active").order_by("-occurred_at", "-pk")

    def closed(self) -> Self:
        """Goals that are done or let go, latest first."""
        return self.exclude(status="active").order_by("-closed_at", "-pk")


class StepQuerySet(OwnedQuerySet):
    """Steps of goals that are kept."""

    def of_goals(self) -> Self:
        """Steps whose goal is not in the bin, in order, with the goal."""
        return self.kept().filter(goal__deleted_at=None).select_related("goal").order_by("position", "created_at", "pk")

    def open(self) -> Self:
        """Steps still to take, of active goals."""
        return self.of_goals().filter(done_at=None, goal__status="active")

    def next_open(self) -> Self:
        """The step to take next comes first: what is planned for a week, then what was begun longest ago."""
        return self.open().order_by(models.F("planned_week").asc(nulls_last=True), "position", "created_at")

    def planned(self, week: date) -> Self:
        """Open steps planned for this week or an earlier one."""
        return self.open().filter(planned_week__lte=week)


class GoalManager(OwnedManager.from_queryset(GoalQuerySet)):  # type: ignore[misc]
    """Goals."""


class StepManager(OwnedManager.from_queryset(StepQuerySet)):  # type: ignore[misc]
    """Steps."""
