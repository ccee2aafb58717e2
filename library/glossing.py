"""Explaining a word where it first appears on a page."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from library.words import TermWord

_TAG = re.compile(r"(<[^>]+>)")
_NAME = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
# Words are explained in running text, never inside a link, a heading, a button or a drawing.
TEXT, CLOSED = {"p", "li"}, {"a", "h1", "h2", "h3", "summary", "button", "svg", "figure", "footer"}
BUTTON = '<span class="keep"><button type="button" class="gloss" popovertarget="g-{slug}">{word}</button>{mark}</span>'
CARD = (
    '<div popover id="g-{slug}" class="gloss-card"><p><strong>{name}</strong></p><p>{meaning}</p>'
    '<p><a href="/learn/glossary/#{slug}">All words explained</a></p></div>'
)


def gloss(html: str, terms: Iterable[TermWord]) -> str:
    """The HTML with the first appearance of each term as a button that opens its meaning; the meanings follow at the end."""
    waiting = {term.slug: term for term in terms}
    used: list[TermWord] = []
    parts = [_explain(part, waiting, used) if is_text else part for part, is_text in _parts(html)]
    cards = (CARD.format(slug=term.slug, name=escape(term.name), meaning=escape(term.meaning)) for term in used)
    return "".join([*parts, *cards])


def _parts(html: str) -> Iterator[tuple[str, bool]]:
    """Tags and texts in order; True for a text in which words may be explained."""
    inside = dict.fromkeys(TEXT | CLOSED, 0)
    for part in _TAG.split(html):
        is_tag = part.startswith("<")
        if is_tag:
            _count(part, inside)
        open_text = any(inside[name] for name in TEXT) and not any(inside[name] for name in CLOSED)
        yield part, bool(part.strip()) and not is_tag and open_text


def _count(tag: str, inside: dict[str, int]) -> None:
    found = _NAME.match(tag)
    name = found[1].lower() if found else ""
    if name in inside and not tag.endswith("/>"):
        inside[name] += -1 if tag.startswith("</") else 1


def _explain(text: str, waiting: dict[str, TermWord], used: list[TermWord]) -> str:
    """A text with its first unexplained terms turned into buttons, the longest form first."""
    forms = {form.lower(): term for term in waiting.values() for form in (term.name, *term.also)}
    if not forms:
        return text
    names = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    # What follows a word stays on its line: a full stop must not begin the next one.
    pattern = re.compile(rf"\b({names})\b([.,;:!?)”’]*)", re.IGNORECASE)

    def button(match: re.Match[str]) -> str:
        term = forms[match[1].lower()]
        if waiting.pop(term.slug, None) is None:
            return match[0]
        used.append(term)
        return BUTTON.format(slug=term.slug, word=match[1], mark=match[2])

    return pattern.sub(button, text)
