"""What must stand on every page that shows somebody's records: what is shared, until when, what for, and the notice."""

from dataclasses import dataclass
from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.days import ONE_DAY, local_day
from accounts.grants import Category
from accounts.models import Person
from care.access import Reading
from care.scopes import SHAREABLE
from care.telling import LAPSES
from care.texts import NOTICE_SHORT, day

# Categories inside a sentence about somebody else.
WORDS = {
    Category.CHECK_INS: gettext_lazy("check-ins"),
    Category.CRAVINGS: gettext_lazy("cravings"),
    Category.GOALS: gettext_lazy("goals"),
    Category.PLAN: gettext_lazy("the plan for hard moments"),
    Category.INSIGHTS: gettext_lazy("insights"),
    Category.ENTRIES: gettext_lazy("single journal entries"),
}


@dataclass(frozen=True)
class Disclosure:
    """The banner: what is shared, never what is not. `notice` is empty where 42 CFR Part 2 does not apply."""

    name: str
    says: str
    purpose: str
    notice: str


def disclosure(reading: Reading) -> Disclosure:
    """What a reading rests on, in words. No query."""
    called = {**WORDS, Category.LAPSES: LAPSES[Person.LapseWord(reading.whose.lapse_word)]}
    names = {one.category: str(called[one.category]) for one in SHAREABLE}
    shown = [name for category, name in names.items() if reading.shows(category)]
    words = {"name": reading.name, "what": get_text_list(shown, _("and")), "until": day(last_day(reading))}
    return Disclosure(
        words["name"],
        _("%(name)s shares %(what)s with you until %(until)s.") % words,
        reading.consent.get_purpose_display(),
        NOTICE_SHORT if reading.membership.organisation.is_part2 else "",
    )


def last_day(reading: Reading) -> date:
    """The person's last day of the consent."""
    return local_day(reading.consent.ends_at, reading.whose.tz, reading.whose.day_start) - ONE_DAY
