"""What can I do with this? From each insight to a page to read and a thing to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from journal.figures.figure import Figure
from journal.words import Words
from library.shelf import Shelf

# The page that explains what an insight is about (codes of the library).
PAGES = {"craving": "P13", "coping": "P13", "together": "P20", "days": "P20", "time": "P13", "named": "P13"}


@dataclass(frozen=True)
class Link:
    """Where to go, and what to call it."""

    url: str
    name: str


def links(figure: Figure, words: Words, shelf_now: Shelf) -> Sequence[Link]:
    """At most two links: something to read, something to do."""
    found = [*_about(figure, words, shelf_now), *_page(figure, shelf_now), *_act(figure)]
    return list({link.url: link for link in found}.values())[:2]


def _about(figure: Figure, words: Words, shelf_now: Shelf) -> list[Link]:
    key = figure.about[0] if figure.about else ""
    if figure.key == "coping":
        word = words.strategies.get(key)
        return [Link(word.url, _("Do this now: %(name)s") % {"name": word.name})] if word else []
    page = shelf_now.page_for_trigger(key) if key in shelf_now.triggers else None
    word = words.triggers.get(key)
    more = [Link(word.url, _("Your notes on %(name)s") % {"name": word.name})] if word else []
    return [Link(page.url, page.title), *more] if page is not None else more


def _page(figure: Figure, shelf_now: Shelf) -> list[Link]:
    page = shelf_now.pages.get(PAGES.get(figure.key, ""))
    return [Link(page.url, page.title)] if page is not None else []


def _act(figure: Figure) -> list[Link]:
    fixed = {
        "craving": Link(reverse("journal:check-in-create"), _("Add a check-in")),
        "coping": Link(reverse("journal:craving-create"), _("Log a craving, before and after")),
        "named": Link(reverse("journal:craving-create"), _("Log a craving")),
        "time": Link(reverse("goals:goal-create"), _("Plan one small step for that time")),
        "days": Link(reverse("goals:goal-create"), _("Choose a goal that works on it")),
        "together": Link(reverse("journal:day-timeline"), _("Look at a day")),
        "steps": Link(reverse("goals:goal-list"), _("Your goals")),
        "scores": Link(reverse("journal:marker-create") + "?kind=score", _("Add a score")),
        "built": Link(reverse("letter"), _("The monthly letter")),
        "year": Link(reverse("journal:day-timeline"), _("Look at a day")),
    }
    return [fixed[figure.key]] if figure.key in fixed else []
