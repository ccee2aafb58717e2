"""What a person signs, and what must stand on every page that shows somebody's records."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.days import wall_clock
from care.models import Consent, Membership
from care.scopes import WITH_HISTORY, WITHOUT_DAYS, in_order

TEXT_VERSION = "2026-11b"
# A text that names less than the door opens by it is not among these: it has to be signed anew.
KNOWN_VERSIONS = frozenset({TEXT_VERSION})
ITEM = "- "
# 42 CFR 2.32(a)(2) (89 FR 12472), verbatim; a test pins it. It goes on every page, print and file that a program under
# Part 2 discloses.
NOTICE_SHORT = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
# 42 CFR 2.32(a)(1), verbatim, for reports.
NOTICE_LONG = (
    "This record which has been disclosed to you is protected by Federal confidentiality rules (42 CFR part 2). These rules"
    " prohibit you from using or disclosing this record, or testimony that describes the information contained in this "
    "record, in any civil, criminal, administrative, or legislative proceedings by any Federal, State, or local authority, "
    "against the patient, unless authorized by the consent of the patient, except as provided at 42 CFR 2.12(c)(5) or as "
    "authorized by a court in accordance with 42 CFR 2.64 or 2.65. In addition, the Federal rules prohibit you from making "
    "any other use or disclosure of this record unless at least one of the following applies: (i) Further use or disclosure"
    " is expressly permitted by the written consent of the individual whose information is being disclosed in this record "
    "or as otherwise permitted by 42 CFR part 2. (ii) You are a covered entity or business associate and have received the "
    "record for treatment, payment, or health care operations, or (iii) You have received the record from a covered entity "
    "or business associate as permitted by 45 CFR part 164, subparts A and E. A general authorization for the release of "
    "medical or other information is NOT sufficient to meet the required elements of written consent to further use or "
    "redisclose the record (see 42 CFR 2.31)."
)


# What a consent must say beside its own facts (42 CFR 2.31(a)(6)-(8)).
RIGHTS = (
    gettext_lazy(
        "I can stop it, pause it or make it smaller at any time on the page “Sharing”, or in writing to %(organisation)s. "
        "I need no reason. It stops at once. What was seen before cannot be unseen."
    ),
    gettext_lazy(
        "I do not have to sign. Daybook works the same for me without it. My counselor can tell me what it means for our work."
    ),
    gettext_lazy(
        "Who sees these records may pass them on only where the law lets them. Once they are passed on, the law may no "
        "longer protect them."
    ),
)


@dataclass(frozen=True)
class Draft:
    """What is about to be signed: every element that a consent needs (42 CFR 2.31(a))."""

    shown_name: str
    membership: Membership
    scopes: Mapping[str, str]
    purpose: str
    ends_on: date
    signed_at: datetime
    tz: str


def signed_text(draft: Draft) -> str:
    """The words that a person signs, whole, as plain text."""
    # A name with line ends in it would write lines of its own into what is signed.
    where = {"organisation": _in_one_line(draft.membership.organisation.name)}
    who = {"name": _in_one_line(draft.shown_name), "counselor": _in_one_line(draft.membership.shown_name), **where}
    lines = [
        _("I, %(name)s, let Daybook show some of my records to %(counselor)s at %(organisation)s.") % who,
        _("It is for this: %(purpose)s.") % {"purpose": Consent.Purpose(draft.purpose).label},
        _("These are the records:"),
        *(f"{ITEM}{line}" for line in scope_lines(draft.scopes)),
        _(
            "What I put on my list for next time, what we write to each other and my own words for reports are shown too. "
            "Nothing else is."
        ),
        _("It ends by itself after %(day)s.") % {"day": day(draft.ends_on)},
        *(line % where for line in RIGHTS),
        _("Signed by me in Daybook on %(when)s.") % {"when": moment(draft.signed_at, draft.tz)},
    ]
    return "\n".join(map(str, lines))


def _in_one_line(name: str) -> str:
    return " ".join(name.split())


def scope_lines(scopes: Mapping[str, str]) -> list[str]:
    """Each shared category in a line: its name, from when, and what it includes."""
    return [f"{one.name} ({reach(one.category, scopes[one.category])}): {one.includes}" for one in in_order(scopes)]


def signed_lines(scopes: Mapping[str, str], text: str) -> list[str]:
    """A line for each shared category, in the words that were signed; in those of now where the text does not name them so."""
    lines = [line.removeprefix(ITEM) for line in text.splitlines() if line.startswith(ITEM)]
    return lines if len(lines) == len(scopes) else scope_lines(scopes)


def reach(category: str, first: str) -> str:
    """From when a category is shown, in words."""
    if category in WITHOUT_DAYS:
        return _("one by one")
    if first == WITH_HISTORY:
        return _("all of them, earlier ones too")
    return _("from %(day)s on") % {"day": day(date.fromisoformat(first))}


def text_hash(text: str) -> str:
    """SHA-256 of a signed text."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_complete(consent: Consent, membership: Membership) -> bool:
    """Whether every element is there that a written consent needs, the counselor's name and the organisation's too; checked at
    each read, however the row came to be.
    """
    elements: tuple[Any, ...] = (
        consent.shown_name, membership.shown_name, membership.organisation.name,
        consent.scopes, consent.purpose in Consent.Purpose.values, consent.signed_text, consent.text_hash,
        consent.text_version in KNOWN_VERSIONS, consent.signed_at, consent.ends_at,
    )  # fmt: skip
    return all(elements)


def day(value: date) -> str:
    """A day as it is said."""
    return format_date(value, "j F Y")


def moment(at: datetime, tz: str) -> str:
    """A moment by the person's clock."""
    return format_date(wall_clock(at, tz), "j F Y, H:i")
