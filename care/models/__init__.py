"""The tables of care: organisations, who works there, who shares what with whom, and what they write to each other."""

from care.models.consents import Connection, Consent, Invite, SharedEntry
from care.models.organisations import Membership, Organisation
from care.models.reviews import FlagMark, Report, Review
from care.models.words import AgendaLine, CaseNote, Message, Proposal, Statement

__all__ = [
    "AgendaLine",
    "CaseNote",
    "Connection",
    "Consent",
    "FlagMark",
    "Invite",
    "Membership",
    "Message",
    "Organisation",
    "Proposal",
    "Report",
    "Review",
    "SharedEntry",
    "Statement",
]
