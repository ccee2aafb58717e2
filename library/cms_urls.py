"""The editors' side, signed in through the site's own door."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import include, path, reverse
from django.utils.http import urlencode


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """Wagtail's own sign-in page is ours."""
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': '/cms/'})}")


def sign_out(request: HttpRequest) -> HttpResponseRedirect:
    """Signing out happens on our page."""
    return HttpResponseRedirect(reverse("account_logout"))


@login_not_required
def absent(request: HttpRequest, rest: str = "") -> HttpResponseRedirect:
    """Passwords are not reset here."""
    raise Http404


urlpatterns = [
    path("login/", sign_in),
    path("logout/", sign_out),
    path("password_reset/", absent),
    path("password_reset/<path:rest>", absent),
    path("", include("wagtail.admin.urls")),
]
