"""The journal's tables: what a person logs, and what they keep for hard moments."""

from accounts.owned import Owned
from journal.models.logs import CheckIn, Craving, Draft, Entry, Lapse, Marker, OwnWord, Tagged, Tagging
from journal.models.plan import PlanLine, Since

__all__ = [
    "CheckIn",
    "Craving",
    "Draft",
    "Entry",
    "Lapse",
    "Marker",
    "OwnWord",
    "Owned",
    "PlanLine",
    "Since",
    "Tagged",
    "Tagging",
]
