"""The editors' reports, on the screen and as CSV."""

import csv
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem

from library.completeness import gaps
from library.quality import ledger, quality

# A spreadsheet reads a cell that begins with one of these as a formula (OWASP: CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@require_admin_access
def completeness(request: HttpRequest) -> HttpResponse:
    """What is named and has no page."""
    return render(request, "library/reports/completeness.html", {"gaps": gaps(timezone.localdate())})


@require_admin_access
def content_quality(request: HttpRequest) -> HttpResponse:
    """Grade, words, claims, links and dates of each page, and what readers say."""
    rows = quality(timezone.localdate())
    if request.GET.get("format") == "csv":
        head = ["code", "page", "reading grade", "words", "helpful", "not helpful", "to mend"]
        lines = ([r.page.code, r.page.title, r.grade, r.words, r.helpful, r.not_helpful, "; ".join(r.notes)] for r in rows)
        return as_csv("quality", head, lines)
    return render(request, "library/reports/quality.html", {"rows": rows})


@require_admin_access
def fact_ledger(request: HttpRequest) -> HttpResponse:
    """Which source holds up what."""
    rows = ledger(timezone.localdate())
    if request.GET.get("format") == "csv":
        head = ["source", "year", "address", "page", "block", "certainty", "to look at"]
        return as_csv("sources", head, (line for row in rows for line in _lines(row)))
    return render(request, "library/reports/sources.html", {"rows": rows})


def _lines(row: Any) -> Iterable[list[Any]]:
    own = [row.source.title, row.source.year or "", row.source.address]
    notes = "; ".join(row.notes)
    if not row.uses:
        yield [*own, "", "", "", notes]
    for page, heading, certainty in row.uses:
        yield [*own, page.title, heading, certainty, notes]


def as_csv(name: str, head: list[str], lines: Iterable[list[Any]]) -> HttpResponse:
    """A table as a file; no cell can start a formula."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response)
    writer.writerow(head)
    writer.writerows([_safe(cell) for cell in line] for line in lines)
    return response


def _safe(cell: Any) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


ADDRESSES = [
    path("reports/completeness/", completeness, name="library-completeness"),
    path("reports/quality/", content_quality, name="library-quality"),
    path("reports/sources/", fact_ledger, name="library-sources"),
]


def menu() -> list[MenuItem]:
    """Their places in the reports menu."""
    items = [("library-completeness", _("Link completeness"), "link"), ("library-quality", _("Content quality"), "tick-inverse")]
    items.append(("library-sources", _("Fact ledger"), "doc-full"))
    return [MenuItem(label, reverse(name), icon_name=icon, order=50 + n) for n, (name, label, icon) in enumerate(items)]
