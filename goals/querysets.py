"""What can be asked of goals, steps and look backs."""

from datetime import date
from typing import Any, Self

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

    def for_others(self) -> Self:
        """Nothing of a goal that lies in the bin."""
        return super().for_others().of_kept_goals()

    def in_order(self) -> Self:
        """As the person put them."""
        return self.order_by("position", "created_at", "pk")

    def of_goal(self, goal: Any) -> Self:
        """Steps of one goal, those in the bin too, in order."""
        return self.filter(goal=goal).in_order()

    def of_kept_goals(self) -> Self:
        """Steps whose goal is not in the bin: a goal's steps go there and come back with it."""
        return self.filter(goal__deleted_at=None)

    def of_goals(self) -> Self:
        """Steps outside the bin whose goal is not in the bin, in order, with the goal."""
        return self.kept().of_kept_goals().select_related("goal").in_order()

    def of_active_goals(self) -> Self:
        """Steps outside the bin, of goals being worked on, in order."""
        return self.kept().of_kept_goals().filter(goal__status="active").in_order()

    def open(self) -> Self:
        """Steps still to take, of active goals."""
        return self.of_goals().filter(done_at=None, goal__status="active")

    def next_open(self) -> Self:
        """The step to take next comes first: what is planned for a week, then what was begun longest ago."""
        return self.open().order_by(models.F("planned_week").asc(nulls_last=True), "position", "created_at")

    def planned(self, week: date) -> Self:
        """Open steps planned for this week or an earlier one."""
        return self.open().filter(planned_week__lte=week)


class LookBackQuerySet(OwnedQuerySet):
    """Look backs."""

    def for_others(self) -> Self:
        """Nothing of a goal that lies in the bin."""
        return super().for_others().filter(goal__deleted_at=None)

    def of_goal(self, goal: Any) -> Self:
        """Look backs on one goal outside the bin, latest first."""
        return self.kept().filter(goal=goal).newest_first()


class GoalManager(OwnedManager.from_queryset(GoalQuerySet)):  # type: ignore[misc]
    """Goals."""


class StepManager(OwnedManager.from_queryset(StepQuerySet)):  # type: ignore[misc]
    """Steps."""


class LookBackManager(OwnedManager.from_queryset(LookBackQuerySet)):  # type: ignore[misc]
    """Look backs."""
