"""In my own words: what a person says on the progress reports of one counselor."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST

from accounts.grants import Grant, Opened
from accounts.ids import parse_id
from accounts.people import person_of
from care.actions import statements
from care.actions.statements import Became, Said
from care.forms.words import StatementForm
from care.models import Statement
from care.standing import sharing_of
from care.views.writing import gives_back, local_next


class StatementMine(View):
    """`/sharing/<uuid>/statement/`."""

    def get(self, request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
        """What stands, in a box to change it in."""
        return self.show(request, connection_id)

    @method_decorator(gives_back)
    def post(self, request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
        """Save. Where something else stands by now, that stays, and what was sent is kept beside it."""
        person, now = person_of(request), timezone.now()
        sharing_of(person, connection_id, now)  # one of the person's own
        form = StatementForm(request.POST)
        if form.is_valid():
            typed = Statement(pk=form.cleaned_data["id"], connection_id=connection_id)
            said = statements.say(Grant.own(request), person, typed, form.known_version, form.cleaned_data["text"], now)
            if said.became != Became.NOTHING:
                return redirect(address(connection_id, said))
            form.add_error("text", _("There is nothing to save yet. Write a few words first."))
        return self.show(request, connection_id, form)

    @staticmethod
    def show(request: HttpRequest, connection_id: uuid.UUID, form: StatementForm | None = None) -> HttpResponse:
        """The page; with a form that has to be mended, what was typed stands in the box."""
        grant = Grant.own(request)
        mine = Statement.objects.for_grant(grant)
        row = mine.standing(connection_id)
        stands = grant.open_one(row) if row else None
        context = {
            "nav": "me",
            "sharing": sharing_of(person_of(request), connection_id, timezone.now()),
            "stands": stands,
            "form": form or begun(stands),
            "undo": removed(request, grant, connection_id, "undo"),
            "aside": removed(request, grant, connection_id, "aside"),
            "done": request.GET.get("done", ""),
        }
        return render(request, "care/statement_mine.html", context, status=422 if form else 200)


def begun(stands: Opened | None) -> StatementForm:
    """The form as it begins: with what stands, if anything does."""
    return StatementForm(initial={"id": stands.pk, "version": stands.version, "text": stands.text} if stands else None)


def removed(request: HttpRequest, grant: Grant, connection_id: uuid.UUID, name: str) -> Opened | None:
    """The words in the bin that the address names under `name`."""
    row_id = parse_id(request.GET.get(name))
    row = Statement.objects.for_grant(grant).over(connection_id).binned().filter(pk=row_id).first() if row_id else None
    return grant.open_one(row) if row else None


def address(connection_id: uuid.UUID, said: Said) -> str:
    """The page that says what became of it; the address holds an id or a word, never what was written."""
    at = reverse("care:statement-mine", args=[connection_id])
    names = {Became.REMOVED: "undo", Became.ASIDE: "aside"}
    if said.became in names and said.row:
        return f"{at}?{names[said.became]}={said.row.pk}"
    return f"{at}?done={said.became}"


@require_POST
def statement_act(request: HttpRequest, statement_id: uuid.UUID, act: str) -> HttpResponse:
    """Remove, restore. Each can be said again without harm."""
    grant = Grant.own(request)
    row = Statement.objects.for_grant(grant).one(statement_id)
    if act == "remove":
        return redirect(address(row.connection_id, statements.remove(grant, row, request.POST.get("version", ""))))
    if act != "restore":
        raise Http404
    statements.put_back(grant, row.pk)
    return redirect(local_next(request, address(row.connection_id, Said(Became.SAVED, row))))
