"""Which pages a person was offered, and which they opened, finished, answered or kept for later."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.grants import Category
from accounts.owned import Owned, OwnedManager, OwnedQuerySet


class SuggestionQuerySet(OwnedQuerySet):
    """Offers."""

    def since(self, day):
        """Offers made on or after a local day."""
        return self.filter(local_day__gte=day)


class SuggestionManager(OwnedManager.from_queryset(SuggestionQuerySet)):  # type: ignore[misc]
    """Offers, reached through a grant."""


class Suggestion(Owned):
    """One page, and one goal step, offered after something was logged."""

    category = Category.READING

    class Answer(models.TextChoices):
        """What the person did with the goal step."""

        ADDED = "added", _("Added")
        NOT_NOW = "not-now", _("Not now")

    noted = models.CharField(max_length=100)
    page = models.CharField(max_length=8)
    template = models.SlugField(max_length=100, blank=True)
    row_id = models.UUIDField()
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    goal_id = models.UUIDField(null=True, blank=True)

    objects = SuggestionManager()

    class Meta(Owned.Meta):
        verbose_name = _("suggestion")


class ReadingQuerySet(OwnedQuerySet):
    """Pages a person opened or kept."""

    def of_page(self, code: str):
        """The row of one page; there is at most one."""
        return self.filter(page=code)

    def by_latest(self):
        """The page opened last comes first."""
        return self.order_by(models.F("last_opened_at").desc(nulls_last=True), models.F("later_at").desc(nulls_last=True), "pk")


class ReadingManager(OwnedManager.from_queryset(ReadingQuerySet)):  # type: ignore[misc]
    """Pages read, reached through a grant."""


class Reading(Owned):
    """What became of one page: opened, finished, kept for later, its questions answered. Nobody else sees it."""

    category = Category.READING

    page = models.CharField(max_length=8)
    last_opened_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    later_at = models.DateTimeField(null=True, blank=True)
    answers = models.JSONField(default=dict, blank=True)

    objects = ReadingManager()

    class Meta(Owned.Meta):
        verbose_name = _("page read")
        verbose_name_plural = _("pages read")
        constraints = [models.UniqueConstraint(fields=["person", "page"], name="reading_reading_once_a_page")]
