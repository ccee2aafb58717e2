"""Craving now: open to all, the same for everybody, no login wall."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from library.shelf import shelf

# In the order of the evidence: accepting and breathing before distraction (docs: clinical fact base, section 4).
FIRST_HELP = ("S01", "S05", "S10", "S02", "S13", "S06", "S09", "S03")


@login_not_required
@require_safe
def sos(request: HttpRequest) -> HttpResponse:
    """Slow breathing in text, strategies, help lines by country. Nothing personal, so it may be cached."""
    shelf_now = shelf()
    by_code = {entry.code: entry for entry in shelf_now.strategies.values() if not entry.is_retired}
    context = {
        "strategies": [by_code[code] for code in FIRST_HELP if code in by_code],
        "countries": shelf_now.help_lines_by_country(),
        "overdose": shelf_now.pages.get("P12"),
    }
    response = render(request, "recovery_site/sos.html", context)
    response["Cache-Control"] = "public, max-age=300"
    return response
