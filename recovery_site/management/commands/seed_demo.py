"""Made-up people for a look around: three diaries, a clinic, one editor. Always the same; never on a live site."""

from datetime import UTC, datetime, timedelta

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.actions import open_account
from accounts.days import local_day
from accounts.ids import new_id
from accounts.models import Person
from goals.actions import add_template_goal
from recovery_site.demo import diary_of, owner_grant, write_diary
from recovery_site.demo_care import open_clinic

PASS_PHRASE = "paper lantern morning tide"
DIARIES = (("river", 30, "America/New_York"), ("heron", 120, "America/Chicago"), ("maple", 730, "Europe/London"))
HELPERS = ("counselor-ash", "counselor-birch")
EDITOR = "editor-wren"
SHOWN_CODES = 4
GOALS = ("time-out-word", "ride-three-waves", "three-block-days")


class Command(BaseCommand):
    """Prints the pass phrases at the end."""

    help = __doc__

    def handle(self, *args, **options) -> None:
        if settings.PRODUCTION:
            raise CommandError("Demo people are not made on a live site.")
        for name, days, tz in DIARIES:
            self.person_with_diary(name, days, tz)
        ash, birch = (self.person(name, "America/New_York")[0] for name in HELPERS)
        people = Person.objects.in_bulk([name for name, _days, _tz in DIARIES], field_name="username")
        codes = {EDITOR: self.editor()} | open_clinic(ash, birch, people)
        names = ", ".join([name for name, _days, _tz in DIARIES] + list(HELPERS))
        self.stdout.write(f"\nSign in as {names} or {EDITOR}. Pass phrase for all: {PASS_PHRASE}")
        for name, own in codes.items():
            if own:
                self.stdout.write(f"{name} needs a second step; use one of these codes once each: {', '.join(own[:SHOWN_CODES])}")

    def person(self, name: str, tz: str) -> tuple[Person, bool]:
        """A demo person, and whether they are new."""
        found = Person.objects.filter(username=name).first()
        if found:
            return found, False
        person = Person(username=name, tz=tz, country="US", onboarded_at=datetime(2026, 1, 2, tzinfo=UTC))
        person.set_password(PASS_PHRASE)
        return open_account(person), True

    @transaction.atomic
    def person_with_diary(self, name: str, days: int, tz: str) -> None:
        """A demo person with a diary that ends yesterday, and some goals."""
        person, is_new = self.person(name, tz)
        if not is_new:
            return
        self.stdout.write(f"{name}: ", ending="")
        today = local_day(timezone.now(), person.tz, person.day_start)
        first, last = today - timedelta(days=days), today - timedelta(days=1)
        written = write_diary(person, diary_of(person), first, last, self.tell)
        self.add_goals(person)
        self.stdout.write(f" {written} logs over {days} days")

    def tell(self) -> None:
        """One more piece of the progress bar."""
        self.stdout.write("#", ending="")
        self.stdout.flush()

    @staticmethod
    def add_goals(person: Person) -> None:
        """Three goals from templates."""
        for slug in GOALS:
            add_template_goal(owner_grant(person), person, slug, new_id(), timezone.now())

    def editor(self) -> list[str]:
        """An editor with a second factor; the codes, the first time only."""
        person, is_new = self.person(EDITOR, "America/New_York")
        person.groups.add(*Group.objects.filter(name__in=["Editors", "Reviewers"]))
        if not is_new:
            return []
        TOTP.activate(person, generate_totp_secret())
        return RecoveryCodes.activate(person).get_unused_codes()
