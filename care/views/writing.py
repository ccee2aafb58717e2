"""How a form of sharing passes the door: what was really written is recorded as written, and a refusal gives the words back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.fields import without_controls
from accounts.grants import Category
from accounts.models import AccessRecord
from accounts.people import person_of
from care import access
from care.access import Reading
from care.views.door import whole

Action = AccessRecord.Action
# Every field of these forms that holds words of somebody's own.
KEPT = ("text", "title", "why", "first_step", "if_part", "then_part", "comment")


class NothingWritten(Exception):
    """The form was sound, but what it is about is not there any more: nothing is kept, and nothing recorded as written."""


def gives_back(view: Callable[..., Any]) -> Callable[..., Any]:
    """A form that meets a 404 gives back what was typed; without a typed word it is the plain 404, as for what is absent."""

    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **more: Any) -> Any:
        try:
            return view(request, *args, **more)
        except Http404:
            typed = typed_in(request)
            if not typed:
                raise
            return render(request, "care/not_sent.html", {"typed": typed}, status=404)

    return inside


@gives_back
def written(
    request: HttpRequest,
    connection_id: Any,
    page: str,
    form: Any,
    act: Callable[[Reading], HttpResponse],
    *wanted: Category,
    to_person: bool = True,
) -> HttpResponse:
    """Answer a form inside the door. Where the door refuses, the words come back on a page that says no more than the 404 of
    an absent person. `to_person`: what is written is for the person. Lets NothingWritten through, with everything undone.
    """
    action = Action.WROTE if to_person and form.is_valid() else Action.READ
    with access.read(person_of(request), connection_id, page, wanted, action=action) as reading:
        return whole(act(reading))


def typed_in(request: HttpRequest) -> list[str]:
    """The words that came with a form of sharing."""
    return [without_controls(text) for name in KEPT if (text := request.POST.get(name, "").strip())]


def local_next(request: HttpRequest, fallback: str) -> str:
    """The address in `next` where it is one of ours."""
    wanted = request.POST.get("next", "")
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else fallback
