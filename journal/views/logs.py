"""The check-in and the craving log: new and edit."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from accounts.days import wall_clock
from accounts.grants import Grant
from accounts.people import today_of
from accounts.writing import Stale, Written
from journal import actions
from journal.forms.logs import CheckInForm, CravingForm
from journal.helping import coping_of, offered
from journal.models import CheckIn, Craving, Owned
from journal.words import STRATEGY, TRIGGER, words_for

RECENT = 30


def recent_words(grant: Grant) -> tuple[list[str], list[str]]:
    """Triggers and strategies of the latest cravings, latest first."""
    latest = Craving.objects.for_grant(grant).kept().newest_first().values_list("triggers", "strategies")[:RECENT]
    rows = list(latest)
    return [key for row in rows for key in row[0]], [key for row in rows for key in row[1]]


def chosen_words(grant: Grant, form: Any, person: Any, now: datetime) -> dict[str, list[str]]:
    """The chosen triggers and strategies, with own words made into rows."""
    values = form.cleaned_data
    chosen = {"triggers": list(values.get("triggers", []))}
    if "strategies" in form.fields:
        chosen["strategies"] = list(values.get("strategies", []))
    for name, kind, field in (("own_trigger", TRIGGER, "triggers"), ("own_strategy", STRATEGY, "strategies")):
        if values.get(name):
            key = actions.own_word(grant, person, kind, values[name], now)
            chosen[field] = list(dict.fromkeys([*chosen[field], key]))
    return chosen


def time_initial(row: Owned) -> dict[str, Any]:
    """A row's moment as its own clock showed it, for an edit form."""
    wall = wall_clock(row.occurred_at, row.tz)
    return {"when": "other", "day": wall.date(), "at": wall.time().replace(second=0, microsecond=0)}


class LogView(View):
    """What new and edit pages of a log have in common."""

    model: Any
    form_class: Any
    template_name: str
    kind: str
    columns: tuple[str, ...] = ()

    def form_kwargs(self, grant: Grant, *, bound: bool) -> dict[str, Any]:
        """Arguments that only some forms need."""
        return {}

    def values(self, grant: Grant, form: Any, now: datetime) -> dict[str, Any]:
        """Plain column values from a valid form."""
        empty = dict.fromkeys(("medication", "outcome"), "")
        return {name: form.cleaned_data.get(name, empty.get(name)) for name in self.columns}

    def show(self, request: HttpRequest, form: Any, status: int = 200, **context) -> HttpResponse:
        """The form page."""
        return render(request, self.template_name, {"form": form, "kind": self.kind, **context}, status=status)


class LogCreate(LogView):
    """Log something new."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty form: nothing preselected."""
        grant = Grant.own(request)
        form = self.form_class(clock=request.user, now=timezone.now(), **self.form_kwargs(grant, bound=False))
        return self.show(request, form)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save once, then show what was saved."""
        grant, now = Grant.own(request), timezone.now()
        form = self.form_class(request.POST, clock=request.user, now=now, **self.form_kwargs(grant, bound=True))
        if not form.is_valid():
            return self.show(request, form, status=422)
        row = self.model(pk=form.cleaned_data["id"], **self.values(grant, form, now))
        written = actions.save_new(grant, row, request.user, form.cleaned_data["moment"], form.words())
        return self.done(written)

    def done(self, written: Written) -> HttpResponse:
        """Where a saved log leads."""
        return redirect(f"{reverse('after-save', args=[self.kind, written.row.pk])}?s={written.state}")


class LogUpdate(LogView):
    """Mend a log."""

    def get(self, request: HttpRequest, row_id) -> HttpResponse:
        """The form with what is stored."""
        grant = Grant.own(request)
        row = grant.open_one(self.model.objects.for_grant(grant).kept().one(row_id))
        initial = {name: getattr(row, name) for name in (*self.columns, "version", "id", *row.words)} | time_initial(row.row)
        form = self.form_class(clock=row.row, now=timezone.now(), initial=initial, **self.form_kwargs(grant, bound=False))
        return self.show(request, form, row=row)

    def post(self, request: HttpRequest, row_id) -> HttpResponse:
        """Save the change; where the row changed meanwhile, keep and show both."""
        grant, now = Grant.own(request), timezone.now()
        row = self.model.objects.for_grant(grant).kept().one(row_id)
        kwargs = self.form_kwargs(grant, bound=True) | {"initial": {name: getattr(row, name) for name in self.columns}}
        form = self.form_class(request.POST, clock=row, now=now, **kwargs)
        if not form.is_valid():
            return self.show(request, form, status=422, row=row)
        result = actions.change(
            grant,
            row,
            version=form.cleaned_data.get("version") or 0,
            moment=form.cleaned_data["moment"],
            words=form.words(),
            **self.values(grant, form, now),
        )
        if isinstance(result, Stale):
            return redirect("journal:versions", kind=self.kind, row_id=row.pk, kept_id=result.kept.pk)
        return redirect(f"{reverse('journal:day-timeline')}?d={row.local_day}#r-{row.pk}")


class CheckInParts(LogView):
    """What a check-in page needs."""

    model, form_class, kind = CheckIn, CheckInForm, "check-in"
    template_name = "journal/check_in_form.html"
    columns = ("mood", "craving", "sleep", "medication")


class CheckInCreate(CheckInParts, LogCreate):
    """The daily check-in."""


class CheckInUpdate(CheckInParts, LogUpdate):
    """Mend a check-in."""


class CravingParts(LogView):
    """What a craving page needs."""

    model, form_class, kind = Craving, CravingForm, "craving"
    template_name = "journal/craving_form.html"
    columns = ("intensity", "intensity_after", "outcome", "triggers", "strategies")

    def form_kwargs(self, grant: Grant, *, bound: bool) -> dict[str, Any]:
        """The person's words. A fresh form puts recent triggers first, and ways to cope by what followed them."""
        words = words_for(grant)
        if bound:
            return {"words": words, "recent": ((), ())}
        triggers, strategies = recent_words(grant)
        found = coping_of(grant, today_of(self.request))
        return {"words": words, "recent": (triggers, offered(found, words, words.strategies, strategies))}

    def values(self, grant: Grant, form: Any, now: datetime) -> dict[str, Any]:
        """Columns, with own words resolved."""
        return super().values(grant, form, now) | chosen_words(grant, form, self.request.user, now)


class CravingCreate(CravingParts, LogCreate):
    """The craving log."""


class CravingUpdate(CravingParts, LogUpdate):
    """Mend a craving."""
