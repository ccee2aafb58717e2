"""Comments: a counselor writes one on a shared entry, a goal or a day; the person finds it there, and in the thread."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.http import require_safe

from accounts.grants import Category, Grant
from accounts.ids import parse_id
from accounts.people import person_of
from care import access
from care.access import Reading
from care.actions import words
from care.forms.words import OPENERS, CommentForm
from care.models import Message
from care.standing import sharings_of
from care.threads import comments
from care.views.door import whole
from care.views.writing import NothingWritten, gives_back, local_next, written
from goals.models import Goal
from journal.finding import excerpt
from journal.models import Entry

About = Message.About
DAILY = (Category.CHECK_INS, Category.CRAVINGS, Category.LAPSES)
# What must be open for a comment; no more of it is asked for.
WANTED: Mapping[str, tuple[Category, ...]] = {
    About.ENTRY: (Category.ENTRIES,),
    About.GOAL: (Category.GOALS,),
    About.DAY: DAILY,
}

GONE = gettext_lazy("This is not shared with you now, so nothing was sent. Your words are below. You can copy them.")


@dataclass(frozen=True)
class Subject:
    """What a comment is about: its day, and its words where it has any."""

    day: date
    title: str = ""
    text: str = ""


def subject_of(reading: Reading, about: str, what: Any) -> Subject | None:
    """What a comment is about, where the counselor may see it at this moment. None where they may not: the same for hidden,
    paused and absent.
    """
    if about == About.DAY:
        # As the consent says, not the grant: in a pause a day looks like one on which nothing was written.
        firsts = [reading.consent.scopes[category] for category in DAILY if reading.shows(category)]
        is_seen = what <= reading.today and any(first <= what.isoformat() for first in firsts)
        found = Subject(what) if is_seen else None
    else:
        model: Any = Entry if about == About.ENTRY else Goal
        row = model.objects.for_grant(reading.grant).filter(pk=what).first()
        found = _subject(reading, row, about) if row is not None else None
    if found is not None:
        reading.looked.over(found.day, found.day)
    return found


def _subject(reading: Reading, row: Any, about: str) -> Subject:
    opened = reading.grant.open_one(row)
    return Subject(row.local_day, opened.title, excerpt(opened.words) if about == About.ENTRY else "")


class Comment(View):
    """`/care/p/<uuid>/comment/`: the form, filled by an opener or not; and keeping what was written."""

    def get(self, request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
        """A comment that is about to be written, on `of` or `day`; raises Http404 for what cannot be commented on."""
        about = request.GET.get("about", "")
        what = _day(request.GET.get("day", "")) if about == About.DAY else parse_id(request.GET.get("of"))
        with self._door(request, connection_id, about) as reading:
            if about not in WANTED or what is None or subject_of(reading, about, what) is None:
                raise Http404
            name = "about_day" if about == About.DAY else "about_id"
            return whole(_page(request, reading, CommentForm(initial={"about": about, name: what}), what))

    @method_decorator(gives_back)
    def post(self, request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
        """Keep it; what it is about may have been hidden a moment ago, and then the words come back."""
        form, about = CommentForm(request.POST), request.POST.get("about", "")
        if "opener" in request.POST:
            return self._with_opener(request, connection_id, about)

        def keep(reading: Reading) -> HttpResponse:
            if form.errors:
                return _page(request, reading, form, _what(form))
            _keep(reading, form)
            return redirect(local_next(request, reverse("care:messages", args=[connection_id]) + "?sent#latest"))

        try:
            return written(request, connection_id, "comment", form, keep, *WANTED.get(about, ()))
        except NothingWritten:
            form.add_error(None, GONE)
            with self._door(request, connection_id, "") as reading:
                return whole(_page(request, reading, form, None))

    def _with_opener(self, request: HttpRequest, connection_id: uuid.UUID, about: str) -> HttpResponse:
        """The form again, with an opener before what was typed."""
        place, typed = request.POST["opener"], request.POST.get("text", "").strip()
        opener = OPENERS[int(place)] if place.isascii() and place.isdigit() and int(place) < len(OPENERS) else ""
        initial = {name: request.POST.get(name, "") for name in ("id", "about", "about_id", "about_day")}
        form = CommentForm(initial=initial | {"text": f"{opener}\n\n{typed}".strip()})
        what = _day(initial["about_day"]) if about == About.DAY else parse_id(initial["about_id"])
        with self._door(request, connection_id, about) as reading:
            return whole(_page(request, reading, form, what))

    @staticmethod
    def _door(request: HttpRequest, connection_id: uuid.UUID, about: str) -> Any:
        return access.read(person_of(request), connection_id, "comment", WANTED.get(about, ()))


def _keep(reading: Reading, form: CommentForm) -> None:
    about, what = form.cleaned_data["about"], form.what
    subject = subject_of(reading, about, what)
    if subject is None:
        raise NothingWritten
    message = Message(
        pk=form.cleaned_data["id"],
        connection_id=reading.connection_id,
        kind=Message.Kind.COMMENT,
        from_counselor=True,
        about=about,
        about_id=None if about == About.DAY else what,
        about_day=None if about == About.GOAL else subject.day,
    )
    words.send(reading.grant, reading.whose, message, form.cleaned_data["text"], reading.now)


def _page(request: HttpRequest, reading: Reading, form: CommentForm, what: Any) -> HttpResponse:
    about = form["about"].value()
    context = {
        "reading": reading,
        "tab": "",
        "form": form,
        "openers": OPENERS,
        "subject": subject_of(reading, about, what) if what and about in WANTED else None,
        "next": request.POST.get("next", "") or request.GET.get("next", ""),
    }
    return render(request, "care/comment_form.html", context, status=422 if form.errors else 200)


def _what(form: CommentForm) -> Any:
    about = form.cleaned_data.get("about")
    return form.cleaned_data.get("about_day" if about == About.DAY else "about_id")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_safe
def comments_mine(request: HttpRequest, about: str, what: str) -> HttpResponse:
    """`/sharing/about/<entry, goal or day>/<id or day>/`: what a counselor said about it, as a fragment for htmx or a page.
    What is shown counts as read.
    """
    grant, now = Grant.own(request), timezone.now()
    wanted = _day(what) if about == About.DAY else parse_id(what)
    if about not in About.values or wanted is None:
        raise Http404
    found = comments(grant, about, wanted)
    is_entry = about == About.ENTRY
    context = {
        "nav": "today",
        "lines": found,
        "entry_id": wanted if is_entry and _shares(request) else None,
        "back": _back(about, wanted),
    }
    name = "_comments" if request.htmx else "comments"  # type: ignore[attr-defined]
    response = render(request, f"care/{name}.html", context)
    words.was_shown(grant, [line.message for line in found], now)
    return response


def _shares(request: HttpRequest) -> bool:
    return any(one.is_going_on for one in sharings_of(person_of(request), timezone.now()))


def _back(about: str, what: Any) -> str:
    if about == About.DAY:
        return f"{reverse('journal:day-timeline')}?d={what:%Y-%m-%d}"
    return reverse("journal:entry-detail" if about == About.ENTRY else "goal-detail", args=[what])
