"""What a consent opens on one page: what the page asks for and the person shares, and nothing of it in a pause."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from accounts.grants import Category, Span
from care.models import Consent
from care.scopes import spans_of


def spans_for(consent: Consent, entries: Iterable[uuid.UUID], wanted: frozenset[Category]) -> Mapping[Category, Span]:
    """The spans of a reading. What the person writes to this counselor, and not to another one, stays open in a pause too."""
    spans = spans_of(consent.scopes, entries)
    spans[Category.CONTACT] = replace(spans[Category.CONTACT], over=frozenset({consent.connection_id}))
    opened = {Category.CONTACT} if consent.paused_at is not None else wanted | {Category.CONTACT}
    return MappingProxyType({category: span for category, span in spans.items() if category in opened})
