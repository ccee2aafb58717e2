"""What was removed in the last 30 days, of every kind, each with its way back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.grants import Grant, Opened
from care.models import AgendaLine, Statement
from care.removed import removed_words
from goals.models import Goal, Step
from journal.finding import excerpt
from journal.kinds import KINDS, LOGS
from journal.models import Marker, PlanLine, Since

SHOWN = 50
# What was written for a counselor: how it is called, and where it is put back.
CARE: dict[type[Any], tuple[Any, str]] = {
    AgendaLine: (gettext_lazy("for next time with %(name)s"), "care:agenda-act"),
    Statement: (gettext_lazy("own words on reports of %(name)s"), "care:statement-act"),
}


@dataclass(frozen=True)
class Removed:
    """One thing in the bin: what it is called, its words, and where "Put back" posts."""

    kind: str
    row: Opened
    text: str
    restore: str


def bin_list(request: HttpRequest) -> HttpResponse:
    """`/bin/`, latest first, at most 50 of a kind (words for counselors are one). Twelve queries, whatever lies in it."""
    grant = Grant.own(request)
    removed = [*_logs(grant), *_markers(grant), *_plan(grant), *_goals(grant), *_steps(grant), *_care(grant)]
    rows = sorted(removed, key=lambda item: item.row.deleted_at, reverse=True)
    return render(request, "bin_list.html", {"rows": rows})


def _opened(grant: Grant, rows: Any) -> list[Opened]:
    return grant.open(rows.binned()[:SHOWN])


def _logs(grant: Grant) -> Iterator[Removed]:
    for kind in LOGS:
        for row in _opened(grant, KINDS[kind].objects.for_grant(grant)):
            text = row.words.get("title") or row.words.get("note") or excerpt(row.words)
            yield Removed(kind, row, text, reverse("journal:restore", args=[kind, row.pk]))


def _markers(grant: Grant) -> Iterator[Removed]:
    for row in _opened(grant, Marker.objects.for_grant(grant)):
        text = row.label or f"{row.instrument.upper()}: {row.score}"
        yield Removed("marker", row, text, reverse("journal:restore", args=["marker", row.pk]))


def _plan(grant: Grant) -> Iterator[Removed]:
    for row in _opened(grant, PlanLine.objects.for_grant(grant)):
        yield Removed("plan", row, row.text, reverse("journal:restore", args=["plan", row.pk]))
    for row in _opened(grant, Since.objects.for_grant(grant)):
        yield Removed("time since", row, row.name, reverse("journal:restore", args=["since", row.pk]))


def _goals(grant: Grant) -> Iterator[Removed]:
    for row in _opened(grant, Goal.objects.for_grant(grant)):
        yield Removed("goal", row, row.title, reverse("goals:goal-restore", args=[row.pk]))


def _steps(grant: Grant) -> Iterator[Removed]:
    """Steps removed one by one; those of a removed goal come back with it."""
    for row in _opened(grant, Step.objects.for_grant(grant).of_kept_goals()):
        yield Removed("step", row, row.wording, reverse("goals:step-act", args=[row.pk, "restore"]))


def _care(grant: Grant) -> Iterator[Removed]:
    """Lines for next time and own words for reports. One that is put back after sharing ended is its person's, and nobody else
    sees it.
    """
    for row, name in removed_words(grant, SHOWN):
        kind, act = CARE[type(row.row)]
        text = row.text or _("An entry you wanted to talk about")
        yield Removed(kind % {"name": name}, row, text, reverse(act, args=[row.pk, "restore"]))
