"""The writing prompt an entry page can start from."""

from dataclasses import dataclass

from library.shelf import shelf


@dataclass(frozen=True)
class Prompt:
    """A question to start from, and the page it comes from."""

    slug: str
    text: str
    url: str


def prompt_for(page_slug: str | None, dismissed: str | None) -> Prompt | None:
    """The reflection prompt of a library page; None without one, or when it was waved away."""
    if not page_slug or dismissed:
        return None
    page = shelf().page_by_slug(page_slug)
    return Prompt(page.slug, page.reflection, page.url) if page and page.reflection else None
