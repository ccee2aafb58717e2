"""People, their data keys, their recovery codes, and the record of what was done."""

import uuid

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.days import DEFAULT_DAY_START
from accounts.grants import Category
from accounts.ids import new_id
from accounts.owned import Owned
from accounts.sealing import SealedField, new_data_key, wrap


class PersonManager(UserManager):
    """Makes people, each with a data key of their own."""

    def _create_user(self, username, email, password, **extra):
        return self.with_key(self._create_user_object(username, email, password, **extra))

    def with_key(self, person: "Person") -> "Person":
        """Save a new person and their data key together."""
        with transaction.atomic():
            person.save(force_insert=True)
            DataKey.objects.create(person=person, wrapped=wrap(new_data_key(), person.pk))
        return person


class Person(AbstractUser):
    """Somebody who signs in: a person in recovery, a counselor or an editor. No real name is asked for."""

    class LapseWord(models.TextChoices):
        """The word the screen uses; the person picks it."""

        RETURN = "return to use", _("return to use")
        LAPSE = "lapse", _("lapse")
        SLIP = "slip", _("slip")
        RELAPSE = "relapse", _("relapse")

    class Theme(models.TextChoices):
        """Colours of the screen."""

        SYSTEM = "system", _("Same as my phone")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    tz = models.CharField(max_length=64, default="UTC")
    day_start = models.PositiveSmallIntegerField(default=DEFAULT_DAY_START)
    lapse_word = models.CharField(max_length=20, choices=LapseWord, default=LapseWord.RETURN)
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    quick_exit = models.BooleanField(default=False)
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=8, default="en")
    onboarded_at = models.DateTimeField(null=True, blank=True)

    REQUIRED_FIELDS: list[str] = []

    objects = PersonManager()

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(condition=models.Q(day_start__lte=12), name="accounts_person_day_start_morning"),
        ]

    def get_full_name(self) -> str:
        """The user name: there is no other."""
        return self.username

    def get_short_name(self) -> str:
        """The user name."""
        return self.username


class DataKey(models.Model):
    """A person's own key, wrapped by a master key. Without this row their words are noise."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="data_key")
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)
    rewrapped_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"data key of {self.person_id}"


class RecoveryCode(models.Model):
    """The hash of a printed code that sets a new password without e-mail."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="recovery_code")
    code_hash = models.CharField(max_length=256)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"recovery code of {self.person_id}"


class Welcome(Owned):
    """What a person said at the start: why they are here."""

    category = Category.ACCOUNT

    reasons = SealedField(label="welcome.reasons")

    class Meta(Owned.Meta):
        verbose_name = "start"


class AccessRecordQuerySet(models.QuerySet):
    """Append-only: rows are read and added, never changed."""

    def about(self, person_id: uuid.UUID):
        """One person's chain, oldest first."""
        return self.filter(person_id=person_id).order_by("number")

    def update(self, **kwargs):
        """Refuse; raises TypeError."""
        raise TypeError("the access record is append-only")

    def delete(self):
        """Refuse; raises TypeError."""
        raise TypeError("the access record is append-only")


class AccessRecord(models.Model):
    """What was done with a person's records, by whom. No foreign keys: it outlives what it tells of. Never any content."""

    class Action(models.TextChoices):
        """What was done."""

        OPENED = "account-opened", _("Account opened")
        EXPORTED = "exported", _("Downloaded all records")
        RECOVERED = "recovered", _("Password set with the recovery code")
        CODE_MADE = "code-made", _("New recovery code made")
        CLOSED = "account-closed", _("Account closed")
        BIN_EMPTIED = "bin-emptied", _("Rows removed from the bin after 30 days")
        CONSENTED = "consented", _("Sharing allowed")
        UNDONE = "consent-undone", _("Sharing taken back before it began")
        NARROWED = "consent-narrowed", _("Sharing made smaller")
        CHANGED = "consent-changed", _("Sharing changed, with the same records")
        PAUSED = "consent-paused", _("Sharing paused")
        RESUMED = "consent-resumed", _("Sharing goes on")
        REVOKED = "consent-revoked", _("Sharing stopped")
        READ = "read", _("Looked at by a counselor")
        WROTE = "wrote", _("A counselor wrote to you")
        PRINTED = "printed", _("A counselor made a report")
        REFUSED = "refused", _("Somebody was refused")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField()
    number = models.PositiveIntegerField()
    actor_id = models.UUIDField()
    action = models.CharField(max_length=30, choices=Action)
    category = models.CharField(max_length=20, choices=Category, blank=True)
    at = models.DateTimeField()
    # Of a read: which page, which categories, which days, by which consent.
    page = models.CharField(max_length=20, blank=True, default="")
    categories = models.CharField(max_length=120, blank=True, default="")
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    consent_id = models.UUIDField(null=True, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    row_hash = models.CharField(max_length=64)

    objects = AccessRecordQuerySet.as_manager()

    class Meta:
        ordering = ["person_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["person_id", "number"], name="accounts_accessrecord_one_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.number} of {self.person_id}"


class Receipt(models.Model):
    """That a log written without a connection has arrived: its id, and a keyed hash of exactly what was sent.

    The same parcel can arrive twice, because its acknowledgement was lost; then the receipt says so, even where the log was
    changed in between. `typed_at` is the phone's clock, kept also where it was wrong.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    row_id = models.UUIDField()
    kind = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)
    typed_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "row_id", "digest"], name="accounts_receipt_once")]

    def __str__(self) -> str:
        return f"receipt {self.pk}"
