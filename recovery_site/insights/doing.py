"""What can I do with this? From each insight to a page to read and a thing to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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


# What to do with each insight: the name of its address, what follows it, and what it is called.
ACTS = {
    "craving": ("journal:check-in-create", "", gettext_lazy("Add a check-in")),
    "coping": ("journal:craving-create", "", gettext_lazy("Log a craving, before and after")),
    "named": ("journal:craving-create", "", gettext_lazy("Log a craving")),
    "time": ("goals:goal-create", "", gettext_lazy("Plan one small step for that time")),
    "days": ("goals:goal-create", "", gettext_lazy("Choose a goal that works on it")),
    "together": ("journal:day-timeline", "", gettext_lazy("Look at a day")),
    "steps": ("goals:goal-list", "", gettext_lazy("Your goals")),
    "scores": ("journal:marker-create", "?kind=score", gettext_lazy("Add a score")),
    "built": ("letter", "", gettext_lazy("The monthly letter")),
    "year": ("journal:day-timeline", "", gettext_lazy("Look at a day")),
}


def _act(figure: Figure) -> list[Link]:
    if figure.key not in ACTS:
        return []
    address, more, name = ACTS[figure.key]
    return [Link(reverse(address) + more, str(name))]
