"""Writing down what a person reads. Each act can be said again without harm."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.grants import Grant
from accounts.owned import stamp
from reading.models import Reading

# act -> the field it sets, and whether it sets or clears it
ACTS: Mapping[str, tuple[str, bool]] = {
    "opened": ("last_opened_at", True),
    "finished": ("finished_at", True),
    "not-finished": ("finished_at", False),
    "later": ("later_at", True),
    "not-later": ("later_at", False),
}


def note(grant: Grant, person: Any, page: str, act: str, now: datetime) -> None:
    """Write one act of `ACTS` into the page's row. A page that is finished is no longer kept for later."""
    field, is_set = ACTS[act]
    values: dict[str, Any] = {field: now if is_set else None, "updated_at": now}
    if act == "finished":
        values["later_at"] = None
    _row(grant, person, page, now).update(**values)


def keep_answers(grant: Grant, person: Any, page: str, answers: Mapping[str, int], now: datetime) -> None:
    """Keep which answer was picked for each question (numbers, from 0), in place of earlier ones."""
    _row(grant, person, page, now).update(answers=dict(answers), updated_at=now)


def _row(grant: Grant, person: Any, page: str, now: datetime) -> Any:
    """The row of a page as a query, made when it is not there; two tabs make one row (a constraint)."""
    mine = Reading.objects.for_grant(grant).of_page(page)
    if not mine.exists():
        fresh = Reading(person_id=grant.person_id, page=page)
        stamp(fresh, person, now)
        Reading.objects.for_grant(grant).bulk_create([fresh], ignore_conflicts=True)
    return mine
