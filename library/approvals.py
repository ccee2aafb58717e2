"""Two approvals, by two people, before an edit of a page or a help line that a life may hang on goes live.

Clinical fact base 10.2, rule 18: a clinician and a person with lived experience, for P07, P09, P10, P12, P18, P24, P26 and every
help line. Starter texts are published unapproved and say so; the rule binds every edit.
"""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.models import TaskState

TWICE = frozenset({"P07", "P09", "P10", "P12", "P18", "P24", "P26"})
CLINICAL, LIVED = "Clinical reviewers", "Lived-experience reviewers"


class NotApproved(PublishPermissionError):
    """An edit that two people have not approved yet."""


def approvals(revision: Any) -> dict[str, Any]:
    """Approving group -> the person who approved exactly this revision."""
    states = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED).select_related("task")
    return {state.task.name: state.finished_by_id for state in states}


def refuse_unapproved(revision: Any) -> None:
    """Raise NotApproved unless a clinician and another person with lived experience approved exactly this revision.

    A revision without an author was made by the loader: a starter text, which is marked as such.
    """
    if revision.user_id is None:
        return
    given = approvals(revision)
    people = {given.get(CLINICAL), given.get(LIVED)}
    if None in people or len(people) < 2:
        raise NotApproved(_("A clinician and a person with lived experience must approve this first. Submit it to them."))
