"""A fresh login where more is about to be shown: the password is asked on the page itself, so nothing chosen is lost, and
nothing of it waits in a session.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import reauthentication
from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people import person_of


class PasswordForm(forms.Form):
    """The password of the one who is signed in."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        help_text=gettext_lazy("So that nobody else can open more in your name."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Type your password to go on.")},
    )

    def __init__(self, data: Any = None, *, request: HttpRequest):
        super().__init__(data)
        self.request = request

    def clean_password(self) -> str:
        """The right password; raises ValidationError for a wrong one and after too many tries."""
        if not ratelimit.consume(self.request, action="reauthenticate", user=self.request.user):
            raise ValidationError(_("That was a few tries too many. Wait a minute, then try again. Nothing is lost."))
        if not get_adapter().reauthenticate(person_of(self.request), self.cleaned_data["password"]):
            raise ValidationError(_("This is not your password. Try again. Nothing is lost."))
        return self.cleaned_data["password"]


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person has proved who they are in the last minutes."""
    return not reauthentication.is_reauthentication_required(request, app="")


def proof_asked(request: HttpRequest) -> PasswordForm | None:
    """The form that a page shows where a password is needed; None where there was one a moment ago."""
    return None if is_fresh(request) else PasswordForm(request=request)


def proof_given(request: HttpRequest) -> PasswordForm | None:
    """None where the person has proved who they are, now or a moment ago; otherwise the form with what is wrong."""
    if is_fresh(request):
        return None
    form = PasswordForm(request.POST, request=request)
    if not form.is_valid():
        return form
    reauthentication.reauthenticate_by_password(request)
    return None


def proof_wanted(request: HttpRequest) -> PasswordForm | None:
    """The same, for a page that asks only once it is pressed: the first press blames nobody for a password not typed yet."""
    return proof_given(request) if "password" in request.POST else proof_asked(request)
