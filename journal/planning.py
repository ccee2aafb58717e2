"""A person's plan for hard moments, as pages show it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.grants import Grant
from journal.models import PlanLine

Part = PlanLine.Part
ORDER = [str(part) for part in Part]
# What each part asks, and an example that is clearly one.
ASKS: dict[str, tuple[Any, Any]] = {
    Part.REASONS: (_("What is this for? Whom is it for?"), _("Breakfast with my daughter")),
    Part.SIGNS: (_("What do you notice in yourself on the way to a hard moment?"), _("I stop answering messages")),
    Part.WAYS: (_("What has helped before, even a little?"), _("A walk to the bridge and back")),
    Part.PLACES: (_("Where is it harder?"), _("The bus stop on Fifth, at night")),
    Part.PEOPLE: (_("Whom can you call or write to?"), _("Sam, from the group")),
    Part.MEDICINES: (_("What do you take, and who prescribes it?"), _("The name on the box, and the clinic’s name")),
    Part.NALOXONE: (_("Where is it, and who knows?"), _("Top kitchen drawer. My sister knows.")),
    Part.OTHERS: (_("What should people do, or not do, when it is hard?"), _("Sit with me. Do not ask why.")),
}


@dataclass(frozen=True)
class Section:
    """A part with its question, an example, and its opened lines."""

    key: str
    title: str
    asks: Any
    example: Any
    lines: Sequence[Any]

    @property
    def is_people(self) -> bool:
        """Whether lines have a phone number."""
        return self.key == Part.PEOPLE


@dataclass(frozen=True)
class Contact:
    """Somebody to call: a name, the number as written, and as a phone dials it (empty where there is none)."""

    name: str
    phone: str
    dial: str


def section(part: str, lines: Sequence[Any]) -> Section:
    """One part with its lines."""
    return Section(part, str(Part(part).label), *ASKS[part], lines)


def sections(grant: Grant) -> list[Section]:
    """The whole plan, a section for each part. One query."""
    rows = grant.open(PlanLine.objects.for_grant(grant).kept().in_order())
    return [section(part, [row for row in rows if row.part == part]) for part in ORDER]


def contacts(grant: Grant) -> list[Contact]:
    """The people of the plan. One query."""
    return contacts_in(grant.open(PlanLine.objects.for_grant(grant).kept().of_part(Part.PEOPLE)))


def contacts_in(lines: Iterable[Any]) -> list[Contact]:
    """Lines as people to call."""
    return [Contact(line.text, line.phone, dialled(line.phone)) for line in lines]


def dialled(phone: str) -> str:
    """A number as a phone dials it: digits, and a plus in front; empty for fewer than three digits."""
    digits = re.sub(r"\D", "", phone)
    plus = "+" if phone.strip().startswith("+") else ""
    return plus + digits if len(digits) >= 3 else ""


def following(part: str) -> str:
    """The next part, on the way through; empty after the last."""
    place = ORDER.index(part) + 1
    return ORDER[place] if place < len(ORDER) else ""
