"""Two small pages inside the door, for breaking it: one person, and everybody."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from accounts.grants import Category
from accounts.people import person_of
from care import access
from care.views.door import shared, whole
from journal.models import CheckIn, Entry
from recovery_site import urls

WANTED = (Category.CHECK_INS, Category.ENTRIES)
handler404, handler500 = "django.views.defaults.page_not_found", "django.views.defaults.server_error"


def words_of(reading: access.Reading) -> str:
    """Everything that is written in check-ins and entries."""
    rows = [row for model in (CheckIn, Entry) for row in model.objects.for_grant(reading.grant)]
    return " ".join(word for row in reading.grant.open(rows) for word in row.words.values())


@shared("fault", *WANTED)
def one(request: HttpRequest, reading: access.Reading) -> HttpResponse:
    """One person's words."""
    reading.looked.over(reading.today, reading.today)
    return HttpResponse(f"{reading.name} {words_of(reading)}")


def many(request: HttpRequest) -> HttpResponse:
    """Everybody's words."""
    with access.read_many(person_of(request), "faults", WANTED) as readings:
        return whole(HttpResponse(" ".join(map(words_of, readings))))


urlpatterns = [
    path("care/p/<uuid:connection_id>/fault/", one),
    path("care/fault/", many),
    *urls.urlpatterns,
]
