"""Unsaved writing that can be gone on with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.grants import Grant
from journal.models import Draft
from journal.reflecting import answers_in
from library.shelf import shelf


@dataclass(frozen=True)
class Waiting:
    """A draft, the name of its reflection if it is one, and where it goes on."""

    pk: Any
    updated_at: datetime
    reflection: str
    url: str


def waiting(grant: Grant, drafts: Iterable[Draft]) -> list[Waiting]:
    """Every draft with the page it goes on at; a reflection that is no longer offered goes on nowhere and is left out."""
    return [item for draft in drafts if (item := _item(grant, draft)) is not None]


def _item(grant: Grant, draft: Draft) -> Waiting | None:
    answers = answers_in(grant.open_one(draft).fields)
    if answers is None:
        return Waiting(draft.pk, draft.updated_at, "", f"{reverse('journal:entry-create')}?draft={draft.pk}")
    reflection = shelf().reflections.get(answers.slug)
    if reflection is None:
        return None
    number = min(max(map(int, answers.given), default=0) + 1, len(reflection.steps) + 1)
    url = reverse("journal:reflection-step", args=[reflection.slug, draft.pk, number])
    return Waiting(draft.pk, draft.updated_at, reflection.name, url)
