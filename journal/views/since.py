"""Time since a day of one's own: only for those who want it, and nothing ever resets it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_POST

from accounts.grants import Grant
from accounts.people import today_of
from accounts.writing import Stale
from journal import actions
from journal.forms.since import SinceForm
from journal.models import Since

ACTS = ("pause", "go-on", "end", "show", "hide")


def lines(grant: Grant, rows: Any, today: Any) -> list[dict[str, Any]]:
    """Opened lines with how long each is."""
    return [{"line": line, "span": line.row.until(today)} for line in grant.open(rows)]


def since_list(request: HttpRequest) -> HttpResponse:
    """`/since/`: lines that go on or rest, and those that ended, all as they were."""
    grant, today = Grant.own(request), today_of(request)
    mine = Since.objects.for_grant(grant)
    context = {"nav": "me", "current": lines(grant, mine.current(), today), "past": lines(grant, mine.past(), today)}
    return render(request, "journal/since_list.html", context)


class SinceEdit(View):
    """A new line, or one to change."""

    def get(self, request: HttpRequest, row_id=None) -> HttpResponse:
        """The form."""
        row = self._row(request, row_id)
        initial = {name: getattr(row, name) for name in ("id", "version", "name", "start_on", "on_today")} if row else {}
        return self._show(request, SinceForm(today=today_of(request), initial=initial or {"on_today": True}), row)

    def post(self, request: HttpRequest, row_id=None) -> HttpResponse:
        """Keep it; where it was changed meanwhile, keep and show both."""
        grant, row = Grant.own(request), self._row(request, row_id)
        form = SinceForm(request.POST, today=today_of(request))
        if not form.is_valid():
            return self._show(request, form, row, 422)
        values = {name: form.cleaned_data[name] for name in ("start_on", "on_today")}
        if row is None:
            fresh = Since(pk=form.cleaned_data["id"], **values)
            actions.save_new(grant, fresh, request.user, timezone.now(), form.words())
            return redirect("journal:since-list")
        for name in ("paused_on", "ended_on"):
            if getattr(row, name):
                values[name] = max(getattr(row, name), values["start_on"])
        version = form.cleaned_data.get("version") or 0
        result = actions.change(grant, row.row, version=version, moment=row.occurred_at, words=form.words(), **values)
        if isinstance(result, Stale):
            return redirect("journal:versions", kind="since", row_id=row.pk, kept_id=result.kept.pk)
        return redirect("journal:since-list")

    def _row(self, request: HttpRequest, row_id) -> Any:
        grant = Grant.own(request)
        return grant.open_one(Since.objects.for_grant(grant).kept().one(row_id)) if row_id else None

    def _show(self, request: HttpRequest, form: SinceForm, row: Any, status: int = 200) -> HttpResponse:
        return render(request, "journal/since_form.html", {"nav": "me", "form": form, "row": row}, status=status)


@require_POST
def since_act(request: HttpRequest, row_id, act: str) -> HttpResponse:
    """Let it rest, go on, end, show it on Today or not."""
    if act not in ACTS:
        raise Http404
    grant = Grant.own(request)
    actions.move_since(grant, Since.objects.for_grant(grant).kept().one(row_id), act, today_of(request))
    return redirect("journal:since-list")
