"""Nothing typed is lost: text survives an expired sign-in, a stale security token and a full disk."""

import json
from urllib.parse import urlsplit

from allauth.account.forms import LoginForm
from allauth.account.internal.stagekit import unstash_login
from allauth.account.stages import LoginStageController
from allauth.core import ratelimit
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.stages import AuthenticateStage
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

Fields = list[tuple[str, str]]
LEFT_OUT = ("csrfmiddlewaretoken", "carried")
LONG_TEXT = 60  # characters: longer fields are shown, so that they can also be copied


def typed_fields(request: HttpRequest) -> Fields:
    """What a person typed and chose, in order, without tokens and passwords."""
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    return [(name, value) for name, value in pairs if name not in LEFT_OUT and "password" not in name]


def is_carried(path: str) -> bool:
    """Whether a form's text is worth carrying: personal pages, not the sign-in pages themselves."""
    return not path.startswith(("/accounts/", "/cms/", "/admin/"))


def text_back(request: HttpRequest, template: str, status: int, **context) -> HttpResponse:
    """A page that shows the typed text and sends it again at one press."""
    fields = typed_fields(request) if is_carried(request.path) else []
    return send_again(request, template, status, to=request.get_full_path(), fields=fields, **context)


def send_again(request: HttpRequest, template: str, status: int, *, to: str, fields: Fields, **context) -> HttpResponse:
    """Render `template` with the fields, long ones visible."""
    shown = [(name, value) for name, value in fields if len(value) > LONG_TEXT or "\n" in value]
    hidden = [pair for pair in fields if pair not in shown]
    return render(request, template, {"to": to, "shown": shown, "hidden": hidden, **context}, status=status)


class LoginRequiredKeepingText(LoginRequiredMiddleware):
    """Login is needed everywhere by default; a form sent after the sign-in expired keeps its text."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Open pages ask for neither session nor person: that costs no query and lets caches keep them."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        """Lead to sign-in: 401 for scripts, a fragment's whole page for htmx, the carried fields for a form."""
        if request.headers.get("X-Requested-With") == "fetch":
            return HttpResponse(status=401)
        if request.headers.get("HX-Request"):
            return fragment_refused(request)
        if request.method != "POST" or not is_carried(request.path):
            return super().handle_no_permission(request, view_func)
        parcel = json.dumps({"to": request.get_full_path(), "fields": typed_fields(request)})
        return render(request, "account/login_keeping.html", {"form": LoginForm(request=request), "carried": parcel})


def fragment_refused(request: HttpRequest) -> HttpResponse:
    """A stranger reading an open page keeps reading (its link stays); one who presses a button is led to sign-in."""
    if request.method == "GET":
        return HttpResponse(status=204)
    return HttpResponse(status=401, headers={"HX-Redirect": reverse("account_login")})


@login_not_required
@require_POST
@sensitive_post_parameters()
def sign_in_keeping(request: HttpRequest) -> HttpResponse:
    """Sign in with a form's fields in tow, then offer to send them. They live in the page alone, never on the server."""
    parcel = _parcel(request)
    if parcel is None:
        return HttpResponseRedirect(reverse("account_login"))
    stage = _second_step(request)
    if stage is not None and "code" in request.POST:
        return _with_code(request, stage, parcel)
    form = LoginForm(request.POST, request=request)
    limited = ratelimit.consume_or_429(request, action="login")
    if limited is not None:
        return limited
    if not form.is_valid():
        return render(request, "account/login_keeping.html", {"form": form, "carried": request.POST["carried"]})
    form.login(request)
    return _signed_in_or_code(request, parcel)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A stale token gives the text back; a form from another site is refused without an echo; a phone gets JSON."""
    if request.path == reverse("offline:sync"):
        return JsonResponse({"error": "csrf"}, status=403)
    if not _from_here(request):
        return HttpResponseForbidden("This form came from another site. Nothing was saved.", content_type="text/plain")
    return text_back(request, "403_csrf.html", 403)


def _parcel(request: HttpRequest) -> dict | None:
    try:
        parcel = json.loads(request.POST.get("carried", ""))
        to, fields = str(parcel["to"]), [(str(name), str(value)) for name, value in parcel["fields"]]
    except (ValueError, KeyError, TypeError):
        return None
    is_ours = url_has_allowed_host_and_scheme(to, allowed_hosts=None) and to.startswith("/") and is_carried(to)
    return {"to": to, "fields": fields} if is_ours else None


def _second_step(request: HttpRequest) -> AuthenticateStage | None:
    if not unstash_login(request, peek=True):
        return None
    return LoginStageController.enter(request, AuthenticateStage.key)


def _signed_in_or_code(request: HttpRequest, parcel: dict) -> HttpResponse:
    if request.user.is_authenticated:
        return send_again(request, "account/send_again.html", 200, **parcel)
    stage = _second_step(request)
    if stage is None:
        return HttpResponseRedirect(reverse("account_login"))
    form = AuthenticateForm(user=stage.login.user)
    return render(request, "account/code_keeping.html", {"form": form, "carried": request.POST["carried"]})


def _with_code(request: HttpRequest, stage: AuthenticateStage, parcel: dict) -> HttpResponse:
    form = AuthenticateForm(user=stage.login.user, data=request.POST)
    if not form.is_valid():
        return render(request, "account/code_keeping.html", {"form": form, "carried": request.POST["carried"]})
    form.save()
    stage.exit()
    return _signed_in_or_code(request, parcel)


def _from_here(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin", "")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    same_host = not origin or urlsplit(origin).netloc == request.get_host()
    return same_host and site in ("same-origin", "none")
