"""What you opened, finished, answered, and kept for later."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_POST

from accounts.grants import Grant
from library.shelf import shelf
from library.words import PageCard
from reading import actions
from reading.models import Reading
from reading.questions import QuestionsForm, answered


def page_or_404(slug: str) -> PageCard:
    """A published page."""
    page = shelf().page_by_slug(slug)
    if page is None:
        raise Http404
    return page


def reading_list(request: HttpRequest) -> HttpResponse:
    """`/reading/`: kept for later, begun, finished. Pages that are no longer published are left out."""
    grant = Grant.own(request)
    pages = shelf().pages
    rows = [(row, pages[row.page]) for row in Reading.objects.for_grant(grant).by_latest() if row.page in pages]
    context = {
        "later": [page for row, page in rows if row.later_at],
        "begun": [page for row, page in rows if row.last_opened_at and not row.finished_at and not row.later_at],
        "finished": [(page, row.finished_at) for row, page in rows if row.finished_at],
    }
    return render(request, "reading/reading_list.html", context)


@require_POST
def reading_act(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """Note one act; back to the page's personal part, or to where the button was."""
    if act not in actions.ACTS:
        raise Http404
    page = page_or_404(slug)
    actions.note(Grant.own(request), request.user, page.code, act, timezone.now())
    if act == "opened":
        return HttpResponse(status=204)
    if request.htmx:  # type: ignore[attr-defined]
        return redirect("page-mine", slug)
    return redirect("reading:reading-list" if request.POST.get("next") == "list" else page.url)


class Questions(View):
    """The check questions of a page with answers that are kept, for the person alone."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The questions with the answers picked last time."""
        page = page_or_404(slug)
        row = Reading.objects.for_grant(Grant.own(request)).of_page(page.code).first()
        answers = row.answers if row else {}
        initial = {f"q{number}": str(place) for number, place in answers.items()}
        return self._page(request, page, QuestionsForm(questions=page.questions, initial=initial), answers)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Keep the answers and show what there is to learn from each."""
        page = page_or_404(slug)
        form = QuestionsForm(request.POST, questions=page.questions)
        if not form.is_valid():
            return self._page(request, page, form, {}, status=422)
        actions.keep_answers(Grant.own(request), request.user, page.code, form.picked(), timezone.now())
        return redirect("reading:questions", slug)

    @staticmethod
    def _page(request: HttpRequest, page: PageCard, form: Any, answers: Any, status: int = 200) -> HttpResponse:
        context = {"page": page, "form": form, "answered": answered(page.questions, answers)}
        return render(request, "reading/questions.html", context, status=status)
