"""One person at a glance, and answering a flag."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.people import person_of
from care.access import Reading
from care.actions.reviews import mark_flag
from care.flag_words import MARK_CHOICES
from care.forms.reviews import MarkForm
from care.gathered import gather
from care.overview import WANTED, overview
from care.views.door import shared

BACK = {"overview": "care:person", "session": "care:session"}


@require_safe
@shared("overview", *WANTED)
def person(request: HttpRequest, reading: Reading) -> HttpResponse:
    """`/care/p/<uuid>/`."""
    context = {"tab": "overview", "mark_choices": MARK_CHOICES, "marked": "marked" in request.GET, **overview(reading)}
    return render(request, "care/person.html", context)


@require_POST
@shared("flags", *WANTED)
def flag_mark(request: HttpRequest, reading: Reading) -> HttpResponse:
    """`/care/p/<uuid>/flags/`: seen, acted on, or not useful. A flag that is gone meanwhile is not marked; the page says so."""
    form = MarkForm(request.POST)
    there = {(one.flag.rule.value, one.flag.key) for one in gather(reading).flags({})}
    if not form.is_valid() or (form.cleaned_data["rule"], form.cleaned_data["key"]) not in there:
        context = {"tab": "overview", "mark_choices": MARK_CHOICES, "is_gone": True, **overview(reading)}
        return render(request, "care/person.html", context, status=422)
    said = form.cleaned_data
    mark_flag(reading.connection_id, said["rule"], said["key"], said["mark"], person_of(request).pk, reading.now)
    back = reverse(BACK.get(request.POST.get("back", ""), "care:person"), args=[reading.connection_id])
    return redirect(f"{back}?marked#flags")
