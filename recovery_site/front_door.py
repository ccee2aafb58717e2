"""The front door, the way out, and the health check."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """What this is, who sees what, start. Somebody who is signed in goes to Today."""
    if request.user.is_authenticated:
        return redirect("today")
    return render(request, "recovery_site/front_door.html")


@login_not_required
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """A plain page that says nothing."""
    return render(request, "recovery_site/exit.html")


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the site can reach its database; nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
