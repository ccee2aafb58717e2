"""Where a person is going: goals by life skill, their steps, and a weekly look back.

A goal began on its `local_day`. The page that explains it is its template's, or else its life skill's; it is not stored.
"""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.days import monday_of
from accounts.grants import Category
from accounts.owned import Owned
from accounts.sealing import SealedField
from goals.querysets import GoalManager, LookBackManager, StepManager

MOST = 999


class Goal(Owned):
    """Something a person wants, in their words. Never "overdue": a passed day asks adjust, keep or let go."""

    category = Category.GOALS

    class Status(models.TextChoices):
        """How it stands."""

        ACTIVE = "active", _("Working on it")
        DONE = "done", _("Done")
        LET_GO = "let_go", _("Let go")

    title = SealedField(label="goal.title")
    why = SealedField(label="goal.why")
    if_part = SealedField(label="goal.if_part")
    then_part = SealedField(label="goal.then_part")
    life_skill = models.SlugField(max_length=60)
    template = models.SlugField(max_length=60, blank=True)
    triggers = models.JSONField(default=list, blank=True)
    strategies = models.JSONField(default=list, blank=True)
    counts_strategy = models.SlugField(max_length=60, blank=True)
    counts_target = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    target_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=6, choices=Status, default=Status.ACTIVE)
    closed_at = models.DateTimeField(null=True, blank=True)
    looked_back_on = models.DateField(null=True, blank=True)

    objects = GoalManager()

    class Meta(Owned.Meta):
        verbose_name = _("goal")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="active", closed_at__isnull=True)
                | (~models.Q(status="active") & models.Q(closed_at__isnull=False)),
                name="goals_goal_closed_has_a_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(counts_target__isnull=True) | models.Q(counts_target__range=(1, MOST)),
                name="goals_goal_target_in_range",
            ),
        ]


class Step(Owned):
    """One small thing to do for a goal."""

    category = Category.GOALS

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="+")
    wording = SealedField(label="step.wording")
    position = models.PositiveIntegerField(default=0)
    planned_week = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = StepManager()

    class Meta(Owned.Meta):
        verbose_name = _("step")
        indexes = [*Owned.Meta.indexes, models.Index(fields=["person", "goal"], name="goals_step_by_goal")]


class LookBack(Owned):
    """A weekly look at a goal."""

    category = Category.GOALS

    class Choice(models.TextChoices):
        """What the person decided; all three are good choices."""

        KEEP = "keep", _("Keep it as it is")
        ADJUST = "adjust", _("Adjust it")
        LET_GO = "let_go", _("Let it go")

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="+")
    choice = models.CharField(max_length=6, choices=Choice)
    note = SealedField(label="lookback.note")

    objects = LookBackManager()

    class Meta(Owned.Meta):
        verbose_name = _("look back")

    @property
    def week(self) -> date:
        """The Monday of the week it looks at."""
        return monday_of(self.local_day)
