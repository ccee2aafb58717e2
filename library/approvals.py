"""Two approvals, by two people, before an edit of a page or a help line that a life may hang on goes live.

Clinical fact base 10.2, rule 18: a clinician and a person with lived experience, for P07, P09, P10, P12, P18, P24, P26 and every
help line. Starter texts are published unapproved and say so; the rule binds every edit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.translation import gettext as _
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.models import TaskState

TWICE = frozenset({"P07", "P09", "P10", "P12", "P18", "P24", "P26"})
CLINICAL, LIVED = "Clinical reviewers", "Lived-experience reviewers"
_is_starter_text: ContextVar[bool] = ContextVar("is_starter_text", default=False)


class NotApproved(PublishPermissionError):
    """An edit that two people have not approved yet."""


@contextmanager
def starter_texts() -> Iterator[None]:
    """Inside it the loader publishes its texts, which are marked as not approved. Nothing else may enter here."""
    before = _is_starter_text.set(True)
    try:
        yield
    finally:
        _is_starter_text.reset(before)


def approvals(revision: Any) -> dict[str, Any]:
    """Approving group -> the person who approved exactly this revision."""
    states = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED).select_related("task")
    return {state.task.name: state.finished_by_id for state in states}


def refuse_unapproved(revision: Any) -> None:
    """Raise NotApproved unless a clinician and another person with lived experience approved exactly this revision.

    It does not matter who made the revision: one that came in by a file, or whose author left, needs both as well.
    """
    if _is_starter_text.get():
        return
    given = approvals(revision)
    people = {given.get(CLINICAL), given.get(LIVED)}
    if None in people or len(people) < 2:
        raise NotApproved(_("A clinician and a person with lived experience must approve this first. Submit it to them."))
