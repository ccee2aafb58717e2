"""A return to use: thanks and safety first, then a choice, then who sees it; a look back days later."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View
from django.views.decorators.http import require_safe

from accounts.grants import Grant
from accounts.writing import Stale, Written
from journal import actions
from journal.forms.lapses import LOOK_BACK, LapseEditForm, LapseForm, LookBackForm
from journal.models import Lapse
from journal.views.logs import LogCreate, LogUpdate, chosen_words, recent_words
from journal.words import words_for


@login_not_required
@require_safe
def lapse_safety(request: HttpRequest) -> HttpResponse:
    """The safety page alone: nothing is saved, nobody needs to sign in, the same for everybody."""
    response = render(request, "journal/lapse_safety.html")
    response["Cache-Control"] = "public, max-age=300"
    return response


class LapseCreate(LogCreate):
    """Write it down. One button is enough."""

    model, form_class, kind = Lapse, LapseForm, "use"
    template_name = "journal/lapse_form.html"

    def done(self, written: Written) -> HttpResponse:
        """On to the choice."""
        return redirect("journal:lapse-choose", row_id=written.row.pk)


def lapse_choose(request: HttpRequest, row_id) -> HttpResponse:
    """Call someone, say what happened, or leave it at that."""
    row = Lapse.objects.for_grant(Grant.own(request)).kept().one(row_id)
    return render(request, "journal/lapse_choose.html", {"row": row})


class LapseUpdate(LogUpdate):
    """What happened: on the way, or later."""

    model, form_class, kind = Lapse, LapseEditForm, "use"
    template_name = "journal/lapse_edit.html"
    columns = ("triggers", "withheld")

    def form_kwargs(self, grant: Grant, *, bound: bool) -> dict[str, Any]:
        """The person's words, recent triggers first."""
        return {"words": words_for(grant), "recent": ((), ()) if bound else (recent_words(grant)[0], ())}

    def values(self, grant: Grant, form: Any, now) -> dict[str, Any]:
        """Columns, with an own trigger resolved."""
        return super().values(grant, form, now) | chosen_words(grant, form, self.request.user, now)

    def post(self, request: HttpRequest, row_id) -> HttpResponse:
        """Save, and where it is part of the first way through, go on to who sees it."""
        response = super().post(request, row_id)
        on_the_way = "on" in request.GET and response.status_code == 302 and "/versions/" not in response["Location"]
        return redirect("lapse-seen", row_id=row_id) if on_the_way else response


class LapseLookBack(View):
    """Some days later, once: what came before, what helped, what next time."""

    def get(self, request: HttpRequest, row_id) -> HttpResponse:
        """Three questions with what was answered before."""
        grant = Grant.own(request)
        row = grant.open_one(Lapse.objects.for_grant(grant).kept().one(row_id))
        initial = {name: getattr(row, name) for name in ("version", *LOOK_BACK)}
        return self.show(request, LookBackForm(initial=initial), row)

    def post(self, request: HttpRequest, row_id) -> HttpResponse:
        """Keep the answers, or "not now": the offer is not made again."""
        grant = Grant.own(request)
        row = Lapse.objects.for_grant(grant).kept().one(row_id)
        if request.POST.get("go") == "no":
            Lapse.objects.for_grant(grant).filter(pk=row.pk, look_back="").update(look_back=Lapse.LookBack.DECLINED)
            return redirect("today")
        form = LookBackForm(request.POST)
        opened = grant.open_one(row)
        if not form.is_valid():
            return self.show(request, form, opened, 422)
        words = dict(opened.words) | {name: form.cleaned_data[name] for name in LOOK_BACK}
        version, done = form.cleaned_data.get("version") or 0, Lapse.LookBack.DONE
        result = actions.change(grant, row, version=version, moment=row.occurred_at, words=words, look_back=done)
        if isinstance(result, Stale):
            return redirect("journal:versions", kind="use", row_id=row.pk, kept_id=result.kept.pk)
        return redirect(f"{reverse('journal:day-timeline')}?d={row.local_day}#r-{row.pk}")

    def show(self, request: HttpRequest, form: LookBackForm, row: Any, status: int = 200) -> HttpResponse:
        """The page."""
        return render(request, "journal/lapse_look_back.html", {"form": form, "row": row}, status=status)
