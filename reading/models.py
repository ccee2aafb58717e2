"""Which pages a person was offered, and what became of the offer."""

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
