"""What a message may carry: a signed word that stops or snoozes one reminder, and nothing about a person."""

import uuid

from django.core import signing

from accounts.ids import parse_id
from notify.models import Reminder

SALT, DAYS = "daybook.reminder", 60
ACTS = ("stop", "snooze")


def token_for(reminder_id: uuid.UUID, act: str) -> str:
    """A word for one act on one reminder."""
    return signing.dumps([act, reminder_id.hex], salt=SALT, compress=False)


def reminder_in(token: str, act: str) -> Reminder | None:
    """The reminder a word is for; None where it is forged, for another act, too old or gone."""
    try:
        said, row_id = signing.loads(token, salt=SALT, max_age=DAYS * 24 * 3600)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Reminder.objects.filter(pk=parse_id(row_id)).first() if said == act else None


def tokens_for(reminder_id: uuid.UUID) -> dict[str, str]:
    """A word for each act."""
    return {act: token_for(reminder_id, act) for act in ACTS}
