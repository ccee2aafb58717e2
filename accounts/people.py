"""Who is asking, and what day it is for them."""

from datetime import date

from django.http import Http404, HttpRequest
from django.utils import timezone

from accounts.days import local_day
from accounts.models import Person


def person_of(request: HttpRequest) -> Person:
    """The signed-in person; raises Http404 for a stranger."""
    if not isinstance(request.user, Person):
        raise Http404
    return request.user


def today_of(request: HttpRequest) -> date:
    """The local day it is now for the signed-in person."""
    person = person_of(request)
    return local_day(timezone.now(), person.tz, person.day_start)
