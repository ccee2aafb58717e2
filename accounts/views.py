"""Recovery code, first pages, settings and the Me page."""

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts import actions
from accounts.forms import ClockForm, LookForm, PhoneForm, ReasonsForm, RecoverForm, WordForm
from accounts.grants import Grant
from accounts.models import Person, RecoveryCode, Welcome
from accounts.owned import stamp
from accounts.people import person_of
from accounts.prefs import set_prefs_cookie
from accounts.writing import insert_once

PARTS = {"clock": ClockForm, "word": WordForm, "look": LookForm, "phone": PhoneForm}
PART_TITLES = {
    "clock": _("Time zone and day"),
    "word": _("My word"),
    "look": _("Colors"),
    "phone": _("Quick exit"),
}
STEPS = ["why", "clock", "word", "phone", "who"]
STEP_FORMS = {"why": ReasonsForm, "clock": ClockForm, "word": WordForm, "phone": PhoneForm}
BACKEND = "accounts.backends.PersonBackend"


def recovery_code(request: HttpRequest) -> HttpResponse:
    """The printable code, shown once: right after sign-up, or anew after a fresh sign-in."""
    if not RecoveryCode.objects.filter(person=request.user).exists():
        return _show_code(request, actions.make_recovery_code(person_of(request)))
    return recovery_code_again(request)


@reauthentication_required
def recovery_code_again(request: HttpRequest) -> HttpResponse:
    """A new code takes the place of the old one, after a fresh sign-in."""
    if request.method == "POST":
        return _show_code(request, actions.make_recovery_code(person_of(request)))
    return render(request, "accounts/recovery_code_again.html")


def _show_code(request: HttpRequest, code: str) -> HttpResponse:
    return set_prefs_cookie(render(request, "accounts/recovery_code.html", {"code": code}), request.user)


@login_not_required
@sensitive_post_parameters()
def recover(request: HttpRequest) -> HttpResponse:
    """A new password with the printed code. The same answer for a wrong name and a wrong code."""
    form = RecoverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        name = request.POST.get("username", "").strip().lower()
        limited = ratelimit.consume_or_429(request, action="recover", key=name)
        if limited is not None:
            return limited
        if form.is_valid() and form.person is not None:
            code = actions.recover(form.person, form.cleaned_data["password"])
            login(request, form.person, backend=BACKEND)
            return _show_code(request, code)
    return render(request, "accounts/recover.html", {"form": form}, status=422 if form.errors else 200)


def onboarding(request: HttpRequest, step: str) -> HttpResponse:
    """Six short pages; each can be skipped. The last is the first check-in."""
    if step not in STEPS:
        raise Http404
    place = STEPS.index(step)
    form = _step_form(request, step)
    is_skipped = "skip" in request.POST
    if request.method == "POST" and (is_skipped or form is None or form.is_valid()):
        if form is not None and not is_skipped:
            _keep_step(request, form)
        return set_prefs_cookie(_next_step(request, place), request.user)
    context = {
        "form": form,
        "step": step,
        "number": place + 1,
        "total": len(STEPS) + 1,
        "back": STEPS[place - 1] if place else "",
    }
    return render(request, f"accounts/onboarding/{step}.html", context, status=422 if form and form.errors else 200)


def _step_form(request: HttpRequest, step: str):
    kind = STEP_FORMS.get(step)
    if kind is None:
        return None
    data = request.POST if request.method == "POST" else None
    form = kind(data) if kind is ReasonsForm else kind(data, instance=request.user)
    if step == "clock" and person_of(request).onboarded_at is None:
        form.fields["tz"].widget.attrs["data-zone"] = ""  # the browser's zone is put in, to be confirmed
    return form


def _keep_step(request: HttpRequest, form) -> None:
    if isinstance(form, ReasonsForm):
        if form.cleaned_data["reasons"]:
            grant = Grant.own(request)
            welcome = Welcome(person_id=grant.person_id)
            stamp(welcome, request.user, timezone.now())
            insert_once(grant, welcome, {"reasons": ",".join(form.cleaned_data["reasons"])})
        return
    _save_part(request, form)


def _next_step(request: HttpRequest, place: int) -> HttpResponse:
    if place + 1 < len(STEPS):
        return redirect("onboarding", STEPS[place + 1])
    Person.objects.filter(pk=request.user.pk, onboarded_at=None).update(onboarded_at=timezone.now())
    return redirect("journal:check-in-create")


def _save_part(request: HttpRequest, form) -> None:
    person = form.save(commit=False)
    person.save(update_fields=list(form.Meta.fields))


def settings_page(request: HttpRequest) -> HttpResponse:
    """Everything that can be set, as a list."""
    parts = [{"slug": slug, "title": title} for slug, title in PART_TITLES.items()]
    return render(request, "accounts/settings.html", {"parts": parts, "saved": request.GET.get("saved", "")})


def settings_part(request: HttpRequest, part: str) -> HttpResponse:
    """One setting."""
    if part not in PARTS:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = PARTS[part](data, instance=request.user)
    if form.is_bound and form.is_valid():
        _save_part(request, form)
        return set_prefs_cookie(redirect(f"/settings/?saved={part}"), request.user)
    context = {"form": form, "title": PART_TITLES[part], "part": part}
    return render(request, "accounts/settings_part.html", context, status=422 if form.errors else 200)
