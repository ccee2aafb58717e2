"""Closing an account: says what goes, asks once, destroys the key and the rows."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts import actions
from accounts.forms import ClosePage
from accounts.models import Person
from accounts.people import person_of
from accounts.prefs import NAME
from care.actions import consents, invites, memberships
from care.models import Membership


@reauthentication_required
def close_account(request: HttpRequest) -> HttpResponse:
    """`/settings/close/`."""
    form = ClosePage(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        close_whole_account(person_of(request))
        logout(request)
        response = render(request, "recovery_site/closed.html")
        for name in (NAME, settings.SESSION_COOKIE_NAME):
            response.delete_cookie(name)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response
    context = {"form": form, "places": _places(person_of(request))}
    return render(request, "recovery_site/close_account.html", context, status=422 if form.errors else 200)


def _places(person: Person) -> dict[str, bool]:
    """Where the person works, by name, and whether nobody could let others in there without them."""
    found: dict[str, bool] = {}
    for one in Membership.objects.at_work().of(person.pk):
        found[one.organisation.name] = found.get(one.organisation.name, False) or memberships.is_last_admin(one)
    return found


@transaction.atomic
def close_whole_account(person: Person) -> None:
    """End every sharing and all work first, so that no reading is under way while the rows go; then the account."""
    now = timezone.now()
    invites.forget_those_of(person)
    memberships.leave_everywhere(person, now)
    consents.stop_everything_of(person, now)
    actions.close_account(person)
