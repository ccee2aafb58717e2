"""Deciding what a counselor sees: choose, look at exactly what they would see, sign. Nothing is stored before it is signed."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from accounts.days import local_day
from accounts.grants import Grant
from accounts.people import person_of
from care.actions import consents
from care.forms.sharing import DecideForm, Present
from care.fresh import PasswordForm, proof_asked, proof_given
from care.saying import clock, last_day
from care.scopes import is_wider
from care.standing import Sharing, sharing_of
from care.views.as_they_see import seen_by


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class Decide(View):
    """`/sharing/<uuid>/decide/`."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The clock stands still for one answer."""
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()

    def get(self, request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
        """The choices as they are now; for a new sharing, nothing chosen."""
        sharing = self._sharing(connection_id)
        return self._choose(sharing, self._form(sharing))

    def post(self, request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
        """Show what it means, sign it, or go back to the choices; everything that was chosen comes along."""
        sharing = self._sharing(connection_id)
        form = self._form(sharing, request.POST)
        if not sharing.is_there:
            return self._choose(sharing, form, 409)
        if form["basis"].value() != basis_of(sharing):
            return self._changed(sharing)
        if request.POST.get("go") == "edit":
            return self._choose(sharing, form)
        if not form.is_valid():
            return self._choose(sharing, form, 422)
        return self._sign(sharing, form) if request.POST.get("go") == "sign" else self._preview(sharing, form)

    def _sign(self, sharing: Sharing, form: DecideForm) -> HttpResponse:
        person, wanted = person_of(self.request), form.wanted()
        if form.cleaned_data["day"] != form.today.isoformat():
            return self._preview(sharing, form, is_another_day=True)
        if consents.widens(sharing.in_force, wanted, person):
            proof = proof_given(self.request)
            if proof is not None:
                return self._preview(sharing, form, proof)
        try:
            consents.sign(Grant.own(self.request), person, sharing.connection.pk, wanted, basis_of(sharing), self.now)
        except consents.ChangedMeanwhile:
            return self._changed(sharing_of(person, sharing.connection.pk, self.now))
        except consents.TooShort:
            form.add_error("until", _("This would be over before it begins. Choose a later day."))
            return self._choose(sharing, form, 422)
        return redirect(f"{reverse('care:sharing-detail', args=[sharing.connection.pk])}?done=signed")

    def _preview(
        self, sharing: Sharing, form: DecideForm, proof: PasswordForm | None = None, *, is_another_day: bool = False
    ) -> HttpResponse:
        """The counselor's own page, made by the counselor's own code, and the text, made by the code that signs."""
        person, grant, wanted = person_of(self.request), Grant.own(self.request), form.wanted()
        is_wider_than_now = consents.widens(sharing.in_force, wanted, person)
        starts = self.now + consents.DELAY if is_wider_than_now else self.now
        draft = consents.drafted(grant, person, sharing.connection, wanted, self.now, starts)
        context = {
            **self._context(sharing, form),
            "text": grant.open_one(draft).signed_text,
            **seen_by(self.request, sharing, draft, self.now),
            "proof": proof or (proof_asked(self.request) if is_wider_than_now else None),
            "begins": clock(starts, person.tz) if is_wider_than_now else "",
            "is_less_too": sharing.in_force is not None and is_wider(sharing.in_force.scopes, wanted.scopes),
            "is_another_day": is_another_day,
        }
        return render(self.request, "care/sharing_preview.html", context, status=422 if proof else 200)

    def _changed(self, sharing: Sharing) -> HttpResponse:
        """Nothing was saved; the choices are still there, and from now on they rest on what stands there by now."""
        data = self.request.POST.copy()
        data["basis"] = basis_of(sharing)
        return self._choose(sharing, self._form(sharing, data), 409, is_changed=True)

    def _choose(self, sharing: Sharing, form: DecideForm, status: int = 200, **more: Any) -> HttpResponse:
        return render(self.request, "care/sharing_decide.html", self._context(sharing, form) | more, status=status)

    def _context(self, sharing: Sharing, form: DecideForm) -> dict[str, Any]:
        return {"nav": "me", "sharing": sharing, "form": form}

    def _sharing(self, connection_id: uuid.UUID) -> Sharing:
        return sharing_of(person_of(self.request), connection_id, self.now)

    def _form(self, sharing: Sharing, data: Any = None) -> DecideForm:
        person = person_of(self.request)
        today = local_day(self.now, person.tz, person.day_start)
        present = present_of(Grant.own(self.request), sharing)
        return DecideForm(data, today=today, present=present, basis=basis_of(sharing))


def basis_of(sharing: Sharing) -> str:
    """The id of the consent that a decision starts from; "" for none."""
    return str(sharing.in_force.pk) if sharing.in_force else ""


def present_of(grant: Grant, sharing: Sharing) -> Present | None:
    """What was decided last and still counts, as the form begins with it."""
    consent = sharing.present
    if consent is None:
        return None
    name = grant.open_one(consent).shown_name
    return Present(consent.scopes, consent.purpose, last_day(consent, sharing.person), name)
