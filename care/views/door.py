"""How a counselor's view stands inside the door: it gets a reading, and its answer is whole before the door closes."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from accounts.grants import Category
from accounts.people import person_of
from care import access
from care.access import Reading
from care.models import Membership

Role = Membership.Role
View = Callable[..., HttpResponse]


class LazyAnswer(RuntimeError):
    """An answer that would read after the door closed."""


def whole(response: HttpResponse) -> HttpResponse:
    """The answer, if nothing of it is still to be read; raises LazyAnswer."""
    if response.streaming or not getattr(response, "is_rendered", True):
        raise LazyAnswer
    return response


def shared(page: str, *wanted: Category, action: str = access.Action.READ) -> Callable[[View], View]:
    """A page over one connection: the view is called as `view(request, reading, …)` inside the door."""

    def around(view: View) -> View:
        @wraps(view)
        def inside(request: HttpRequest, connection_id: Any, **more: Any) -> HttpResponse:
            with access.read(person_of(request), connection_id, page, wanted, action=action) as reading:
                return whole(view(request, reading, **more))

        return inside

    return around


def is_admin(request: HttpRequest, readings: Iterable[Reading]) -> bool:
    """Whether the signed-in person is an organisation's admin too; a query only where there is no reading to tell it."""
    found = next(iter(readings), None)
    return found.also_admin if found else works_as(request, Role.ADMIN)


def works_as(request: HttpRequest, role: str) -> bool:
    """Whether the signed-in person works somewhere in this role."""
    return Membership.objects.at_work().of(person_of(request).pk).filter(role=role).exists()


def places_of(request: HttpRequest, *roles: str) -> list[Membership]:
    """Where the signed-in person works, in one of these roles; raises Http404 where nowhere."""
    found = list(Membership.objects.at_work().of(person_of(request).pk).filter(role__in=roles))
    if not found:
        raise Http404
    return found
