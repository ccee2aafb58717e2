"""Looking things up, and saying what a page lacks. Open to all; nothing here knows who asks."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import require_safe

from library.finding import Findable, closest, find
from library.forms import FeedbackForm, LibrarySearchForm
from library.models import Feedback, LearnIndex, TopicPage
from library.shelf import Shelf, needs_of, shelf

# Beyond this many answers to one page on one day, more of them say nothing new; a script cannot fill the table.
MOST_A_DAY = 200
FULL_TEXT = 6


def findables(held: Shelf) -> list[Findable]:
    """Everything with a name: pages, triggers, coping strategies."""
    pages = [Findable("page", page.slug, page.title, _named(held, page), page.promise) for page in held.pages.values()]
    triggers = [Findable("trigger", t.slug, t.name, "", t.description) for t in held.triggers.values() if not t.is_retired]
    strategies = [Findable("strategy", s.slug, s.name, "", s.summary) for s in held.strategies.values() if not s.is_retired]
    return pages + triggers + strategies


def _named(held: Shelf, page: Any) -> str:
    names = [held.triggers[slug].name for slug in page.triggers] + [held.causes[slug].name for slug in page.causes]
    return " ".join(names)


@method_decorator(login_not_required, name="dispatch")
class Search(View):
    """`/learn/search/`. A POST, so that what is looked for stands in no address, history or log."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty search."""
        return render(request, "library/search.html", {"form": LibrarySearchForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        """What fits, or what could be meant instead."""
        form = LibrarySearchForm(request.POST)
        if not form.is_valid():
            return render(request, "library/search.html", {"form": form}, status=422)
        return render(request, "library/search.html", {"form": form, **self._results(form.cleaned_data["words"])})

    @staticmethod
    def _results(query: str) -> dict[str, Any]:
        held = shelf()
        items = findables(held)
        hits = find(query, items)
        slugs = [hit.item.slug for hit in hits if hit.item.kind == "page"]
        found = TopicPage.objects.live().search(query, operator="and")[: FULL_TEXT + len(slugs)]
        slugs += [page.slug for page in found if page.slug not in slugs]
        by_slug = {page.slug: page for page in held.pages.values()}
        return {
            "query": query,
            "pages": [by_slug[slug] for slug in slugs if slug in by_slug],
            "triggers": [(hit.item, held.page_for_trigger(hit.item.slug)) for hit in hits if hit.item.kind == "trigger"],
            "strategies": [hit.item for hit in hits if hit.item.kind == "strategy"],
            "instead": [] if hits or slugs else closest(query, items),
            "needs": needs_of(LearnIndex.objects.get(), held) if not hits and not slugs else [],
        }


@login_not_required
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """`/learn/glossary/`: every term, the same for everybody."""
    response = render(request, "library/glossary.html", {"terms": shelf().terms})
    response["Cache-Control"] = "public, max-age=300"
    return response


@method_decorator(login_not_required, name="dispatch")
class PageFeedback(View):
    """`/learn/feedback/<page>/`: was it helpful, what was missing."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The two questions, or thanks."""
        page = self._page(slug)
        return render(request, "library/feedback.html", {"page": page, "form": FeedbackForm(), "thanks": "thanks" in request.GET})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Keep the answer without anything that says who gave it."""
        page, form = self._page(slug), FeedbackForm(request.POST)
        if not form.is_valid():
            return render(request, "library/feedback.html", {"page": page, "form": form}, status=422)
        today = timezone.now().date()
        if Feedback.objects.filter(page_code=page.code, day=today).count() < MOST_A_DAY:
            Feedback.objects.create(page_code=page.code, day=today, **form.cleaned_data)
        return redirect(f"{request.path}?thanks")

    @staticmethod
    def _page(slug: str) -> Any:
        page = shelf().page_by_slug(slug)
        if page is None:
            raise Http404
        return page
