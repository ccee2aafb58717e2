"""The kinds of log, by the word in their addresses."""

from collections.abc import Mapping

from django.http import Http404

from accounts.owned import Owned
from journal.models import CheckIn, Craving, Draft, Entry, Lapse, Marker, PlanLine, Since

KINDS: Mapping[str, type[Owned]] = {
    "check-in": CheckIn,
    "craving": Craving,
    "use": Lapse,
    "entry": Entry,
    "draft": Draft,
    "marker": Marker,
    "plan": PlanLine,
    "since": Since,
}
LOGS = ("check-in", "craving", "use", "entry")


def model_of(kind: str) -> type[Owned]:
    """The model of a kind; raises Http404 for an unknown word."""
    try:
        return KINDS[kind]
    except KeyError:
        raise Http404 from None
