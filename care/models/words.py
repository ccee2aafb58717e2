"""What a person and a counselor write to each other, and what a counselor writes for themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.grants import Category
from accounts.owned import Owned
from accounts.sealing import SealedField
from care.models.consents import Connection
from care.querysets import AgendaManager, MessageManager, NoteManager, ProposalManager, StatementManager


class Message(Owned):
    """A message, a comment on something shared, or "please call me". Sealed with the person's key, whoever wrote it."""

    category = Category.CONTACT
    by_readers = True

    class Kind(models.TextChoices):
        """What it is."""

        MESSAGE = "message", _("message")
        COMMENT = "comment", _("comment")
        CALL = "call", _("please call me")

    class About(models.TextChoices):
        """What a comment is about."""

        ENTRY = "entry", _("a journal entry")
        GOAL = "goal", _("a goal")
        DAY = "day", _("a day")

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.MESSAGE)
    from_counselor = models.BooleanField()
    about = models.CharField(max_length=5, choices=About, blank=True)
    about_id = models.UUIDField(null=True, blank=True)
    about_day = models.DateField(null=True, blank=True)
    text = SealedField(label="message.text")
    read_at = models.DateTimeField(null=True, blank=True)
    # A call is answered when the counselor says so.
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = MessageManager()

    class Meta(Owned.Meta):
        verbose_name = _("message")
        indexes = [*Owned.Meta.indexes, models.Index(fields=["connection", "-occurred_at"], name="care_message_thread")]


class AgendaLine(Owned):
    """Something a person wants to talk about next time: a line, a starred entry, or both."""

    category = Category.CONTACT

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="+")
    entry_id = models.UUIDField(null=True, blank=True)
    text = SealedField(label="agendaline.text")
    done_at = models.DateTimeField(null=True, blank=True)

    objects = AgendaManager()

    class Meta(Owned.Meta):
        verbose_name = _("line for next time")


class Statement(Owned):
    """What a person says in their own words on the reports of one counselor. One stands at a time; what was removed, or sent
    while another tab had changed it, lies in the bin.
    """

    category = Category.CONTACT

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="+")
    text = SealedField(label="statement.text")

    objects = StatementManager()

    class Meta(Owned.Meta):
        verbose_name = _("own words for reports")
        constraints = [
            models.UniqueConstraint(fields=["connection"], condition=models.Q(deleted_at=None), name="care_statement_one_stands"),
        ]


class Proposal(Owned):
    """A page, a way to cope or a goal that a counselor suggests, with a reason. The person accepts, changes or declines it; until
    then the counselor can take it back.
    """

    category = Category.CONTACT
    by_readers = True

    class Kind(models.TextChoices):
        """What is suggested."""

        PAGE = "page", _("a page to read")
        STRATEGY = "strategy", _("a way to cope")
        TEMPLATE = "template", _("a goal from the library")
        GOAL = "goal", _("a goal in our words")

    class Answer(models.TextChoices):
        """What the person said, or that it was taken back before they said anything."""

        ACCEPTED = "accepted", _("accepted")
        CHANGED = "changed", _("accepted and changed")
        DECLINED = "declined", _("not for me")
        BACK = "back", _("taken back")

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    key = models.SlugField(max_length=100, blank=True)
    title = SealedField(label="proposal.title")
    why = SealedField(label="proposal.why")
    due_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # What an accepted one became: the id of a goal.
    became_id = models.UUIDField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalManager()

    class Meta(Owned.Meta):
        verbose_name = _("proposal")


class CaseNote(Owned):
    """A counselor's own note. It belongs to its author alone: sealed with the author's key, in no export of the person's,
    opened by no consent (42 CFR 2.11, SUD counseling notes).
    """

    category = Category.NOTES

    connection = models.ForeignKey(Connection, models.SET_NULL, null=True, blank=True, related_name="+")
    about_name = SealedField(label="casenote.about_name")
    text = SealedField(label="casenote.text")

    objects = NoteManager()

    class Meta(Owned.Meta):
        verbose_name = _("own note")
