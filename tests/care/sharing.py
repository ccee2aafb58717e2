"""What tests of sharing type, and how they read a page."""

import re
from datetime import timedelta

from django.utils import timezone

from accounts.days import local_day, wall_clock
from care.actions import consents
from tests.care.conftest import put
from tests.goals.rows import shown

__all__ = ["CHOSEN", "basis", "carried", "decide", "in_ten_minutes", "put", "shown", "today_of"]
CHOSEN = {"go": "preview", "basis": "", "see-check-ins": "all", "until": "90", "purpose": "counseling", "shown_name": "River"}


def today_of(person):
    return local_day(timezone.now(), person.tz, person.day_start)


def in_ten_minutes(person):
    """The time of day by the person's clock at which something signed now begins."""
    return f"{wall_clock(timezone.now() + timedelta(minutes=10), person.tz):%H:%M}"


def basis(connection):
    there = consents.current(connection.pk, timezone.now())
    return str(there.pk) if there else ""


def decide(client, connection, **more):
    """Post the form; the consent that stands there is the one that was seen, unless said otherwise."""
    data = (
        CHOSEN
        | {"basis": basis(connection)}
        | {name.replace("_", "-") if name.startswith("see") else name: value for name, value in more.items()}
    )
    return client.post(f"/sharing/{connection.pk}/decide/", data)


def carried(page):
    """What the page before signing carries along."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}
