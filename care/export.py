"""What a person takes along of their sharing: every consent as it was signed, and the entries that were shown."""

from collections.abc import Iterator
from typing import Any

from accounts.grants import Grant
from care.models import Consent, SharedEntry

MOMENTS = ("signed_at", "starts_at", "ends_at", "paused_at", "replaced_at", "revoked_at")


def consents_of(grant: Grant) -> Iterator[dict[str, Any]]:
    """The consents of a grant's owner, oldest first, the text opened."""
    rows = Consent.objects.filter(person_id=grant.person_id).select_related("connection__membership__organisation")
    for consent in rows.order_by("signed_at", "pk"):
        opened, membership = grant.open_one(consent), consent.connection.membership
        yield {
            "id": consent.pk,
            "connection_id": consent.connection_id,
            "counselor": membership.shown_name,
            "organisation": membership.organisation.name,
            "scopes": consent.scopes,
            "purpose": consent.purpose,
            "shown_name": opened.shown_name,
            "signed_text": opened.signed_text,
            "text_version": consent.text_version,
            "text_hash": consent.text_hash,
            **{name: getattr(consent, name) for name in MOMENTS},
        }


def shown_entries_of(grant: Grant) -> Iterator[dict[str, Any]]:
    """Which journal entries were shown to whom, from when to when."""
    rows = SharedEntry.objects.filter(connection__person_id=grant.person_id).order_by("shared_at", "pk")
    yield from rows.values("connection_id", "entry_id", "shared_at", "ended_at")
