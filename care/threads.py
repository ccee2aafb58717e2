"""What a person and a counselor wrote to each other, oldest first, as either side reads it."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from accounts.grants import Grant, Opened
from care.models import Message

PAGE_SIZE = 30
About, Kind = Message.About, Message.Kind


@dataclass(frozen=True)
class Line:
    """One message. `is_mine`: the reader wrote it."""

    message: Opened
    is_mine: bool

    @property
    def is_call(self) -> bool:
        """Whether it asks for a call."""
        return self.message.kind == Kind.CALL

    @property
    def can_take_back(self) -> bool:
        """Whether its writer, a person, can still take it back: nobody opened the message, nobody answered the call."""
        if not self.is_mine or self.message.from_counselor:
            return False
        return (self.message.answered_at if self.is_call else self.message.read_at) is None

    @property
    def about_url(self) -> str:
        """Where its person finds what a comment is about."""
        return about_url(self.message)

    @property
    def about_words(self) -> str:
        """What a comment is about, for both sides."""
        return about_words(self.message)


@dataclass(frozen=True)
class Thread:
    """A page of lines, and whether there are earlier ones."""

    lines: list[Line]
    page: int
    has_earlier: bool

    @property
    def messages(self) -> list[Opened]:
        """What the page shows."""
        return [line.message for line in self.lines]


def thread(grant: Grant, connection_id: uuid.UUID, page: int = 1) -> Thread:
    """The latest lines over a connection, or an earlier page of them. One query."""
    rows = Message.objects.for_grant(grant).over(connection_id).kept().order_by("-occurred_at", "-pk")
    found = list(rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE + 1])
    shown = reversed(grant.open(found[:PAGE_SIZE]))
    return Thread([Line(one, one.from_counselor != grant.is_own) for one in shown], page, len(found) > PAGE_SIZE)


def comments(grant: Grant, about: str, what: Any) -> list[Line]:
    """What was said about one entry, goal or day, oldest first, with the connection. One query."""
    rows = Message.objects.for_grant(grant).about_one(about, what).select_related("connection__membership")
    return [Line(one, one.from_counselor != grant.is_own) for one in grant.open(rows)]


def about_url(message: Any) -> str:
    """The person's own page of what a comment is about; "" for what is no comment."""
    if message.about == About.ENTRY and message.about_id:
        return reverse("journal:entry-detail", args=[message.about_id])
    if message.about == About.GOAL and message.about_id:
        return reverse("goal-detail", args=[message.about_id])
    if message.about == About.DAY and message.about_day:
        return f"{reverse('journal:day-timeline')}?d={message.about_day:%Y-%m-%d}"
    return ""


def about_words(message: Any) -> str:
    """What a comment is about, in words that are right for both sides."""
    on = format_date(message.about_day, "j F Y") if message.about_day else ""
    if message.about == About.ENTRY:
        return _("About the entry of %(day)s") % {"day": on} if on else _("About an entry")
    if message.about == About.GOAL:
        return _("About a goal")
    return _("About %(day)s") % {"day": on} if on else ""


def page_number(text: str) -> int:
    """The page asked for, from 1."""
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 6 else 1
