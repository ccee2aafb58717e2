"""The first-party preference cookie: theme, quick exit and country, readable by one small script, nothing personal in it."""

from django.conf import settings
from django.http import HttpResponse

NAME = "prefs"
A_YEAR = 365 * 24 * 3600
# Of the phone, not of a person: others use it, so nothing outlives the open browser.
SHARED = "shared"


def set_prefs_cookie(response: HttpResponse, person) -> HttpResponse:
    """Write the cookie for this person's choices."""
    value = f"theme:{person.theme}|exit:{int(person.quick_exit)}|country:{person.country}"
    response.set_cookie(NAME, value, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response
