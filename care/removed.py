"""What a person wrote for a counselor and removed: lines for next time and own words for reports, in one query."""

from typing import Any

from django.db.models import F, QuerySet, Value

from accounts.grants import Grant, Opened
from care.models import AgendaLine, Statement

MODELS: dict[str, Any] = {"line": AgendaLine, "statement": Statement}
# The columns that both have, as the bin shows them.
PLAIN = ("pk", "person_id", "connection_id", "local_day", "deleted_at", "text")


def removed_words(grant: Grant, most: int) -> list[tuple[Opened, str]]:
    """The latest `most` in the bin, each opened and with the name of the counselor it was for."""
    parts = [_columns(what, model.objects.for_grant(grant).binned()) for what, model in MODELS.items()]
    rows = parts[0].union(*parts[1:], all=True).order_by("-deleted_at")[:most]
    return [(grant.open_one(MODELS[what](**dict(zip(PLAIN, plain, strict=True)))), name) for what, name, *plain in rows]


def _columns(what: str, rows: QuerySet) -> QuerySet:
    named = {"what": Value(what), "name": F("connection__membership__shown_name")}
    return rows.order_by().annotate(**named).values_list("what", "name", *PLAIN)
