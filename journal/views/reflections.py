"""Guided reflections: a menu, a start, one question a page, and what may come after."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_safe

from accounts.grants import Grant
from accounts.ids import new_id
from journal import reflecting
from journal.forms.reflections import AnswerForm
from journal.models import Draft, Entry
from journal.waiting import waiting
from library.shelf import shelf
from library.words import ReflectionWord


def reflection_or_404(slug: str) -> ReflectionWord:
    """A reflection that is offered."""
    try:
        return shelf().reflections[slug]
    except KeyError:
        raise Http404 from None


def steady(reflection: ReflectionWord) -> Any:
    """The strategy to come back to the room with."""
    return shelf().strategies.get(reflection.steady)


@require_safe
def reflection_list(request: HttpRequest) -> HttpResponse:
    """`/reflections/`: the menu, and what was begun."""
    grant = Grant.own(request)
    begun = [item for item in waiting(grant, Draft.objects.for_grant(grant).kept()) if item.reflection]
    context = {"reflections": shelf().reflections.values(), "begun": begun, "stopped": "stopped" in request.GET}
    return render(request, "journal/reflection_list.html", context | {"empty": "empty" in request.GET})


@require_safe
def reflection_start(request: HttpRequest, slug: str) -> HttpResponse:
    """`/reflections/<cause>/`: what it is, and that it can be left at any time."""
    reflection = reflection_or_404(slug)
    context = {"reflection": reflection, "page": shelf().pages.get(reflection.page), "steady": steady(reflection), "id": new_id()}
    return render(request, "journal/reflection_start.html", context)


class ReflectionStep(View):
    """One question. Next, skip, back and stop all keep what is written."""

    def get(self, request: HttpRequest, slug: str, row_id, number: int) -> HttpResponse:
        """The question with the answer as it was left."""
        reflection = self._reflection(slug, number)
        answers = reflecting.begun(Grant.own(request), reflection, row_id)
        initial = {"text": answers.text(number), "words": answers.words(number)}
        form = AnswerForm(initial=initial, choices=reflecting.questions(reflection)[number - 1][2])
        return self._page(request, reflection, row_id, number, form)

    def post(self, request: HttpRequest, slug: str, row_id, number: int) -> HttpResponse:
        """Keep the answer and go on, back, or out."""
        reflection = self._reflection(slug, number)
        form = AnswerForm(request.POST, choices=reflecting.questions(reflection)[number - 1][2])
        if not form.is_valid():
            return self._page(request, reflection, row_id, number, form, status=422)
        self._keep(request, reflection, row_id, number, form)
        return self._on(request, reflection, row_id, number)

    @staticmethod
    def _reflection(slug: str, number: int) -> ReflectionWord:
        reflection = reflection_or_404(slug)
        if not 1 <= number <= len(reflection.steps) + 1:
            raise Http404
        return reflection

    @staticmethod
    def _keep(request: HttpRequest, reflection: ReflectionWord, row_id: Any, number: int, form: AnswerForm) -> None:
        grant = Grant.own(request)
        if Entry.objects.for_grant(grant).filter(pk=row_id).exists():
            return  # it was finished already; the entry is changed on its own page
        answers = reflecting.begun(grant, reflection, row_id)
        answers.put(number, form.cleaned_data["text"], form.cleaned_data.get("words", []))
        if answers.given:
            reflecting.keep(grant, request.user, row_id, answers, timezone.now())

    def _on(self, request: HttpRequest, reflection: ReflectionWord, row_id: Any, number: int) -> HttpResponse:
        go, last = request.POST.get("go"), len(reflection.steps) + 1
        if go == "stop":
            return redirect(f"{reverse('journal:reflection-list')}?stopped")
        if go != "back" and number == last:
            return self._finish(request, reflection, row_id)
        to = max(number - 1, 1) if go == "back" else number + 1
        return redirect("journal:reflection-step", reflection.slug, row_id, to)

    @staticmethod
    def _finish(request: HttpRequest, reflection: ReflectionWord, row_id: Any) -> HttpResponse:
        grant = Grant.own(request)
        written = reflecting.finish(grant, request.user, row_id, reflection, timezone.now())
        if written is None and not Entry.objects.for_grant(grant).filter(pk=row_id).exists():
            return redirect(f"{reverse('journal:reflection-list')}?empty")
        return redirect("journal:reflection-done", reflection.slug, row_id)

    @staticmethod
    def _page(request: HttpRequest, reflection: ReflectionWord, row_id: Any, number: int, form: Any, status=200) -> HttpResponse:
        question, hint, _words = reflecting.questions(reflection)[number - 1]
        context = {"reflection": reflection, "form": form, "question": question, "hint": hint, "number": number, "row_id": row_id}
        context |= {"last": len(reflection.steps) + 1, "steady": steady(reflection)}
        return render(request, "journal/reflection_step.html", context, status=status)


@require_safe
def reflection_done(request: HttpRequest, slug: str, row_id) -> HttpResponse:
    """Saved as one entry; what may come next."""
    reflection, held = reflection_or_404(slug), shelf()
    grant = Grant.own(request)
    entry = grant.open_one(Entry.objects.for_grant(grant).kept().one(row_id))
    context = {
        "reflection": reflection,
        "entry": entry,
        "page": held.pages.get(reflection.page),
        "strategies": [held.strategies[slug] for slug in reflection.strategies if slug in held.strategies],
        "templates": [held.templates[slug] for slug in reflection.templates if slug in held.templates],
    }
    return render(request, "journal/reflection_done.html", context)
