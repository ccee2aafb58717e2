"""What the library still lacks, for its editors."""

from dataclasses import dataclass
from datetime import date

from library.models import Cause, CopingStrategy, GoalTemplate, TopicPage, Trigger

KINDS = (
    ("trigger", Trigger, "triggers"),
    ("underlying cause", Cause, "causes"),
    ("coping strategy", CopingStrategy, "strategies"),
    ("goal template", GoalTemplate, "templates"),
)


@dataclass(frozen=True)
class Gap:
    """One thing to mend: what it is, its name, what is missing."""

    kind: str
    name: str
    code: str
    missing: str


def gaps(today: date) -> list[Gap]:
    """Names without a published page, pages past their review date, pages that nobody approved."""
    live = list(TopicPage.objects.live().prefetch_related("triggers", "causes", "strategies", "templates"))
    published = {page.code for page in live}
    found = [gap for kind, model, field in KINDS for gap in _unlinked(kind, model, field, live, published)]
    found += [
        Gap("page", page.title, page.code, f"review was due on {page.review_by:%Y-%m-%d}")
        for page in live
        if page.review_by and page.review_by < today
    ]
    return found + [
        Gap("page", page.title, page.code, "starter text, not approved yet")
        for page in live
        if page.is_starter and not page.reviewer
    ]


def _unlinked(kind: str, model, field: str, live: list[TopicPage], published: set[str]) -> list[Gap]:
    linked = {item.pk for page in live for item in getattr(page, field).all()}
    return [
        Gap(kind, str(row), row.code, "no published page")
        for row in model.objects.filter(retired_at=None)
        if row.pk not in linked and row.page_code not in published
    ]
