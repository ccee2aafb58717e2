"""What a library page shows beside its own text: explained words, and links by name without a query."""

from typing import Any

from django import template

from library.glossing import gloss
from library.models import LearnIndex, TopicPage
from library.shelf import needs_of, shelf

register = template.Library()
LINKS = ("triggers", "causes", "strategies", "templates")


@register.filter(is_safe=True)
def explained(html: str) -> str:
    """The page's HTML with glossary terms that open in place, without a script."""
    return gloss(html, shelf().terms)


@register.simple_tag(takes_context=True)
def links_of(context: Any, page: TopicPage) -> dict[str, list[Any]]:
    """The names a page is about, retired ones left out: from the shelf, and from the draft itself in a preview."""
    held = shelf()
    card = held.pages.get(page.code)
    if card is None or getattr(context.get("request"), "is_preview", False):
        rows = {name: list(getattr(page, name).all()) for name in LINKS}
        return {name: [row for row in found if row.retired_at is None] for name, found in rows.items()}
    found = {name: [getattr(held, name).get(slug) for slug in getattr(card, name)] for name in LINKS}
    return {name: [word for word in words if word and not word.is_retired] for name, words in found.items()}


@register.simple_tag
def page_after(page: TopicPage) -> Any:
    """The published page to read next, as a card."""
    return shelf().page_by_pk(page.next_page_id) if page.next_page_id else None


@register.simple_tag
def sections() -> list[tuple[str, list[Any]]]:
    """The published pages by section, as cards."""
    cards = shelf().pages.values()
    found = [(label, [card for card in cards if card.section == value]) for value, label in TopicPage.Section.choices]
    return [section for section in found if section[1]]


@register.simple_tag
def needs(front: LearnIndex) -> list[tuple[str, str]]:
    """What brings a reader here, as (words, address)."""
    return needs_of(front, shelf())
