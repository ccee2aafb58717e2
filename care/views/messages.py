"""One thread with two ends: the person's page and the counselor's. What it shows of the other side's counts as read."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST

from accounts.grants import Grant
from accounts.people import person_of
from accounts.writing import out_of_bin
from care.access import Action, Reading
from care.actions import words
from care.forms.words import CallForm, MessageForm
from care.models import Message
from care.standing import sharing_of
from care.threads import page_number, thread
from care.views.door import shared
from care.views.writing import gives_back, local_next, written

Kind = Message.Kind


class MessagesMine(View):
    """`/sharing/<uuid>/messages/`: what a person and one counselor wrote to each other."""

    def get(self, request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
        """The thread; what it shows of the counselor's counts as read now."""
        return self.show(request, connection_id, MessageForm(), CallForm(), is_opened=True)

    @method_decorator(gives_back)
    def post(self, request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
        """Send a message, or ask for a call."""
        grant, person, now = Grant.own(request), person_of(request), timezone.now()
        sharing = sharing_of(person, connection_id, now)
        is_call = request.POST.get("go") == "call"
        form = (CallForm if is_call else MessageForm)(request.POST)
        if form.is_valid() and not sharing.is_going_on:
            form.add_error(None, _("Nothing was sent: you do not share with %(name)s now.") % {"name": sharing.name})
        if not form.is_valid():
            forms = (MessageForm(), form) if is_call else (form, CallForm())
            return self.show(request, connection_id, *forms)
        message = Message(pk=form.cleaned_data["id"], connection_id=connection_id, from_counselor=False)
        text = form.cleaned_data["text"]
        if is_call:
            message.kind = Kind.CALL
            words.ask_for_call(grant, person, message, text, now)
        else:
            words.send(grant, person, message, text, now)
        return redirect(f"{reverse('care:messages-mine', args=[connection_id])}?done={'call' if is_call else 'sent'}#latest")

    def show(
        self, request: HttpRequest, connection_id: uuid.UUID, form: Any, call_form: Any, *, is_opened: bool = False
    ) -> HttpResponse:
        """The page."""
        grant = Grant.own(request)
        sharing = sharing_of(person_of(request), connection_id, timezone.now())
        found = thread(grant, connection_id, page_number(request.GET.get("page", "")))
        mine = Message.objects.for_grant(grant).over(connection_id)
        faulty = next((one for one in (form, call_form) if one.errors), None)
        context = {
            "nav": "me",
            "sharing": sharing,
            "thread": found,
            "form": form,
            "call_form": call_form,
            "faulty": faulty,
            "call": mine.open_calls().first(),
            "done": request.GET.get("done", ""),
            "undo": request.GET.get("undo", ""),
        }
        response = render(request, "care/messages_mine.html", context, status=422 if faulty else 200)
        if is_opened:
            words.was_shown(grant, found.messages, timezone.now())
        return response


@require_POST
def message_act(request: HttpRequest, message_id: uuid.UUID, act: str) -> HttpResponse:
    """Take back one's own message or call while nobody saw it, or send it after all."""
    grant = Grant.own(request)
    message = Message.objects.for_grant(grant).filter(from_counselor=False).one(message_id)
    thread_at = reverse("care:messages-mine", args=[message.connection_id])
    if act == "take-back":
        is_back = words.take_back(grant, message, timezone.now())
        return redirect(f"{thread_at}?{f'undo={message.pk}' if is_back else 'done=late'}")
    if act == "send-again":
        out_of_bin(grant, message)
        return redirect(f"{thread_at}?done=sent#latest")
    raise Http404


def thread_page(request: HttpRequest, reading: Reading, form: MessageForm) -> HttpResponse:
    """The counselor's end of the thread, the page of it that the address names. What it shows counts as read."""
    found = thread(reading.grant, reading.connection_id, page_number(request.GET.get("page", "")))
    context = {"reading": reading, "tab": "messages", "thread": found, "form": form, "sent": "sent" in request.GET}
    response = render(request, "care/messages.html", context, status=422 if form.errors else 200)
    words.was_shown(reading.grant, found.messages, reading.now)
    return response


@shared("messages")
def _opened(request: HttpRequest, reading: Reading) -> HttpResponse:
    return thread_page(request, reading, MessageForm())


def messages(request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
    """`/care/p/<uuid>/messages/`: the thread, and a box to reply in."""
    if request.method != "POST":
        return _opened(request, connection_id)
    form = MessageForm(request.POST)

    def keep(reading: Reading) -> HttpResponse:
        if form.errors:
            return thread_page(request, reading, form)
        message = Message(pk=form.cleaned_data["id"], connection_id=connection_id, from_counselor=True)
        words.send(reading.grant, reading.whose, message, form.cleaned_data["text"], reading.now)
        return redirect(f"{reverse('care:messages', args=[connection_id])}?sent#latest")

    return written(request, connection_id, "messages", form, keep)


@require_POST
@shared("call", action=Action.WROTE)
def call_answered(request: HttpRequest, reading: Reading, message_id: uuid.UUID) -> HttpResponse:
    """`/care/p/<uuid>/calls/<uuid>/answered/`: the counselor called back; or, with `undo`, did not."""
    call = Message.objects.for_grant(reading.grant).kept().filter(kind=Kind.CALL).one(message_id)
    words.mark_call(reading.grant, call.pk, None if "undo" in request.POST else reading.now)
    return redirect(local_next(request, reverse("care:messages", args=[reading.connection_id])))
