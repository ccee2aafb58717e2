"""My plan: written in small steps, read as one page, printed large or small."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_POST

from accounts.grants import Grant
from accounts.writing import Stale
from journal import actions
from journal.forms.plan import PlanLineForm
from journal.models import PlanLine
from journal.planning import ORDER, contacts_in, following, section, sections


def plan(request: HttpRequest) -> HttpResponse:
    """`/plan/`: the whole plan."""
    found = sections(Grant.own(request))
    context = {"nav": "me", "sections": found, "is_empty": not any(one.lines for one in found), "first": ORDER[0]}
    return render(request, "journal/plan.html", context)


def wallet(request: HttpRequest) -> HttpResponse:
    """`/plan/wallet/`: what fits a card in a pocket."""
    by_key = {one.key: one.lines for one in sections(Grant.own(request))}
    part = PlanLine.Part
    context = {
        "nav": "me",
        "contacts": contacts_in(by_key[part.PEOPLE]),
        "lines": [section(key, by_key[key]) for key in (part.NALOXONE, part.OTHERS, part.MEDICINES, part.REASONS) if by_key[key]],
    }
    return render(request, "journal/plan_wallet.html", context)


class PlanPart(View):
    """One part: its lines, and a form to add one."""

    def get(self, request: HttpRequest, part: str) -> HttpResponse:
        """What is there, and an empty line."""
        return self.show(request, part)

    def post(self, request: HttpRequest, part: str) -> HttpResponse:
        """Add a line at the end, once."""
        grant = Grant.own(request)
        form = PlanLineForm(request.POST, section=section(known(part), []))
        if not form.is_valid():
            return self.show(request, part, form)
        row_id = form.cleaned_data["id"]
        # The line itself does not count, so that the same form sent twice is the same line.
        others = PlanLine.objects.for_grant(grant).of_part(part).exclude(pk=row_id)
        last = others.order_by("-position").values_list("position", flat=True).first()
        row = PlanLine(pk=row_id, part=part, position=0 if last is None else last + 1)
        actions.save_new(grant, row, request.user, timezone.now(), form.words())
        return redirect(f"{reverse('journal:plan-part', args=[part])}?saved#lines")

    def show(self, request: HttpRequest, part: str, form: PlanLineForm | None = None) -> HttpResponse:
        """The page."""
        grant = Grant.own(request)
        found = section(known(part), grant.open(PlanLine.objects.for_grant(grant).kept().of_part(part)))
        context = {
            "nav": "me",
            "section": found,
            "form": form or PlanLineForm(section=found),
            "number": ORDER.index(part) + 1,
            "total": len(ORDER),
            "following": following(part),
            "saved": "saved" in request.GET,
        }
        return render(request, "journal/plan_part.html", context, status=422 if form else 200)


class PlanLineUpdate(View):
    """Mend a line."""

    def get(self, request: HttpRequest, row_id) -> HttpResponse:
        """The form with what is stored."""
        grant = Grant.own(request)
        row = grant.open_one(PlanLine.objects.for_grant(grant).kept().one(row_id))
        initial = {"id": row.pk, "version": row.version, "text": row.text, "phone": row.phone}
        return self.show(request, row, PlanLineForm(section=section(row.part, []), initial=initial))

    def post(self, request: HttpRequest, row_id) -> HttpResponse:
        """Save the change; where it was changed meanwhile, keep and show both."""
        grant = Grant.own(request)
        row = PlanLine.objects.for_grant(grant).kept().one(row_id)
        form = PlanLineForm(request.POST, section=section(row.part, []))
        if not form.is_valid():
            return self.show(request, row, form)
        version = form.cleaned_data.get("version") or 0
        result = actions.change(grant, row, version=version, moment=row.occurred_at, words=form.words())
        if isinstance(result, Stale):
            return redirect("journal:versions", kind="plan", row_id=row.pk, kept_id=result.kept.pk)
        return redirect(f"{reverse('journal:plan-part', args=[row.part])}?saved#lines")

    def show(self, request: HttpRequest, row: Any, form: PlanLineForm) -> HttpResponse:
        """The page."""
        context = {"nav": "me", "row": row, "form": form, "section": section(row.part, [])}
        return render(request, "journal/plan_line_form.html", context, status=422 if form.errors else 200)


@require_POST
def plan_line_move(request: HttpRequest, row_id, act: str) -> HttpResponse:
    """One place up or down among its part's lines."""
    if act not in ("up", "down"):
        raise Http404
    grant = Grant.own(request)
    row = PlanLine.objects.for_grant(grant).kept().one(row_id)
    actions.move_line(grant, row, -1 if act == "up" else 1)
    return redirect(f"{reverse('journal:plan-part', args=[row.part])}#lines")


def known(part: str) -> str:
    """A part's word; raises Http404 for an unknown one."""
    if part not in ORDER:
        raise Http404
    return part
