"""`/insights/`: ten questions with a sentence, a picture and a table each."""

import csv
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.grants import Grant
from accounts.people import person_of, today_of
from journal.choosing import Chosen, chosen, names
from journal.figures.figure import Figure
from library.shelf import shelf
from recovery_site.exporting import safe_cell
from recovery_site.insights.doing import links
from recovery_site.insights.gathering import Gathered, gather, with_example


def insights(request: HttpRequest) -> HttpResponse:
    """All of them, for the days chosen."""
    grant, today = Grant.own(request), today_of(request)
    choice = chosen(grant, request.GET, today)
    found = gather(grant, request.user, choice.period, today)
    context = {
        "nav": "me",
        "choice": choice,
        "choices": names(),
        "today": today,
        "shown": [(with_example(figure), links(figure, found.words, shelf())) for figure in found.figures],
        "pattern": found.pattern if found.pattern != choice.period else None,
    }
    return render(request, "recovery_site/insights/insights.html", context, status=422 if choice.error else 200)


def table(request: HttpRequest, key: str) -> HttpResponse:
    """One insight's table as CSV."""
    grant, today = Grant.own(request), today_of(request)
    choice = chosen(grant, request.GET, today)
    figure = one_of(gather(grant, person_of(request), choice.period, today), key)
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Content-Disposition": _attachment(key, choice)})
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(figure.table.head)
    writer.writerows([safe_cell(cell) for cell in row] for row in figure.table.rows)
    return response


def one_of(found: Gathered, key: str) -> Figure:
    """The figure with this key; raises Http404 where there is none."""
    figure: Any = next((figure for figure in found.figures if figure.key == key), None)
    if figure is None:
        raise Http404
    return figure


def _attachment(key: str, choice: Chosen) -> str:
    return f'attachment; filename="{key}-{choice.period.first}-{choice.period.last}.csv"'
