"""The pages a phone keeps: the same for everybody, without a token, a name or an id. They work when nothing answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from accounts.days import DEFAULT_DAY_START
from journal.forms.lapses import LapseForm
from journal.forms.logs import CheckInForm, CravingForm, EntryForm
from journal.words import common_words

MAX_AGE = "public, max-age=300"


@dataclass(frozen=True)
class Nobody:
    """A clock for a form that is filled in elsewhere: the server reads the person's own when the log arrives."""

    tz: str = "UTC"
    day_start: int = DEFAULT_DAY_START


@dataclass(frozen=True)
class LogShell:
    """A log's form as a phone keeps it."""

    template: str
    form: Callable[..., Any]
    is_tagged: bool = False


LOGS = {
    "check-in": LogShell("journal/check_in_form.html", CheckInForm),
    "craving": LogShell("journal/craving_form.html", CravingForm, is_tagged=True),
    "use": LogShell("journal/lapse_form.html", LapseForm),
    "entry": LogShell("journal/entry_form.html", EntryForm, is_tagged=True),
}
PLAIN = {"offline": "recovery_site/offline.html", "plan": "recovery_site/plan_kept.html"}


def shell_html(kind: str) -> str:
    """A shell page's text. The id is empty: the phone makes one. Raises Http404 for a word that is none."""
    if kind in PLAIN:
        return render_to_string(PLAIN[kind], {"frame": "shell.html"})
    if kind not in LOGS:
        raise Http404
    log = LOGS[kind]
    words = {"words": common_words()} if log.is_tagged else {}
    form = log.form(clock=Nobody(), now=datetime.now(UTC), initial={"id": ""}, **words)
    return render_to_string(log.template, {"form": form, "kind": kind, "frame": "shell.html"})


@login_not_required
@require_safe
def shell(request: HttpRequest, kind: str) -> HttpResponse:
    """`/shell/<kind>/`: one of the pages that a phone keeps."""
    return HttpResponse(shell_html(kind), headers={"Cache-Control": MAX_AGE})


@login_not_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """`/outbox/`: what waits on this phone. The list is made on the phone; the page knows nothing of it."""
    return HttpResponse(render_to_string("recovery_site/outbox.html"), headers={"Cache-Control": MAX_AGE})
