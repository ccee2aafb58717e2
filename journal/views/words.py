"""Triggers and coping strategies in the person's own words."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_POST

from accounts.grants import Grant
from accounts.writing import update
from journal import actions
from journal.forms.logs import WordForm
from journal.models import OwnWord
from journal.words import STRATEGY, TRIGGER, words_for


class OwnWordList(View):
    """One's own words of a kind, and a place for a new one."""

    def get(self, request: HttpRequest, kind: str, form: WordForm | None = None) -> HttpResponse:
        """The words in use, then the put-away ones."""
        if kind not in (TRIGGER, STRATEGY):
            raise Http404
        own = [word for word in words_for(Grant.own(request)).of(kind).values() if word.is_own]
        context = {"kind": kind, "form": form or WordForm(), "own": own}
        return render(request, "journal/own_word_list.html", context, status=422 if form else 200)

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Add a word; the same word again is the one there is."""
        form = WordForm(request.POST)
        if kind not in (TRIGGER, STRATEGY):
            raise Http404
        if not form.is_valid():
            return self.get(request, kind, form)
        actions.own_word(Grant.own(request), request.user, OwnWord.Kind(kind), form.cleaned_data["name"], timezone.now())
        return redirect("journal:own-word-list", kind=kind)


@require_POST
def own_word_rename(request: HttpRequest, word_id) -> HttpResponse:
    """Another name for an own word; old logs show it too."""
    grant = Grant.own(request)
    word = OwnWord.objects.for_grant(grant).one(word_id)
    form = WordForm(request.POST)
    if not form.is_valid():
        return OwnWordList().get(request, word.kind, form)
    update(grant, word, word.version, {"name": form.cleaned_data["name"]})
    return redirect("journal:own-word-list", kind=word.kind)


@require_POST
def own_word_retire(request: HttpRequest, word_id) -> HttpResponse:
    """Put a word away, or bring it back: old logs keep it, new ones offer it or not."""
    grant = Grant.own(request)
    word = OwnWord.objects.for_grant(grant).one(word_id)
    moment = None if word.retired_at else timezone.now()
    OwnWord.objects.for_grant(grant).filter(pk=word.pk).update(retired_at=moment)
    return redirect("journal:own-word-list", kind=word.kind)
