"""From due to sent: once, quietly, in the same words, and not for ever."""

import json
import threading
from datetime import time, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import http_ece
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.management import call_command

from accounts.actions import close_account
from notify import actions, push
from notify.models import PushDevice, QuietHours, Reminder
from notify.tokens import token_for
from tests.notify.conftest import DUE


def test_it_goes_out_once_though_the_loop_runs_twice(reminder, clock, work_off, mailoutbox):
    clock(minutes=1)
    assert (work_off(), work_off()) == (1, 0)
    assert len(mailoutbox) == 1
    reminder.refresh_from_db()
    assert reminder.next_at == DUE + timedelta(days=1)


def test_two_loops_at_the_same_moment_hand_it_out_once(reminder, clock):
    clock(minutes=1)
    stale = Reminder.objects.select_related("person").get()
    now = DUE + timedelta(minutes=1)
    assert actions._hand_out(stale, now, now) is True
    again = Reminder.objects.select_related("person").get()
    again.next_at = DUE  # what the other loop read before
    assert actions._hand_out(again, now, now) is False


def test_nothing_is_sent_before_it_is_due_or_hours_late(reminder, clock, work_off, mailoutbox):
    clock(minutes=-1)
    assert work_off() == 0
    clock(minutes=121)
    assert work_off() == 0 and mailoutbox == []
    reminder.refresh_from_db()
    assert reminder.is_on


def test_the_message_is_neutral_and_names_nobody(reminder, person, clock, work_off, mailoutbox):
    clock(minutes=1)
    work_off()
    [mail] = mailoutbox
    text = f"{mail.subject} {mail.body} {mail.from_email}".lower()
    assert mail.subject == "You have a reminder" and mail.to == ["river@example.org"]
    for word in (person.username.lower(), "recovery", "craving", "check-in", "use", "opioid", str(person.pk)):
        assert word not in text.replace("house", ""), word


def test_the_loop_itself_sends_it(reminder, clock, mailoutbox, transactional_db):
    clock(minutes=1)
    call_command("run_due")
    assert len(mailoutbox) == 1


def test_quiet_hours_hold_even_when_they_were_set_later(reminder, person, clock, work_off, mailoutbox):
    QuietHours.objects.create(person=person, begin=time(18), end=time(20))
    clock(minutes=1)
    assert work_off() == 1 and mailoutbox == []


def test_an_address_that_was_never_confirmed_gets_nothing(reminder, person, clock, work_off, mailoutbox):
    person.emailaddress_set.update(verified=False)
    clock(minutes=1)
    work_off()
    assert mailoutbox == []


def test_stopped_between_queue_and_sending_it_is_not_sent(reminder, clock, mailoutbox, work_off, monkeypatch):
    clock(minutes=1)
    queue = actions.hand_out_due
    monkeypatch.setattr(
        "recovery_site.management.commands.run_due.hand_out_due", lambda *a: (queue(*a), actions.stop(reminder))[0]
    )
    assert work_off() == 1 and mailoutbox == []


def test_after_two_silent_weeks_one_kind_message_and_then_nothing(reminder, clock, work_off, mailoutbox):
    for day in range(20):
        clock(minutes=1, days=day)
        work_off()
    reminder.refresh_from_db()
    assert reminder.stopped == Reminder.Stopped.SILENCE and not reminder.is_on
    assert [mail.subject for mail in mailoutbox[-2:]] == ["You have a reminder", "Your reminders"]
    assert sum(mail.subject == "Your reminders" for mail in mailoutbox) == 1 and len(mailoutbox) == 15
    assert "that is fine" in mailoutbox[-1].body


def test_somebody_who_writes_is_not_silent(reminder, mine, clock, work_off, mailoutbox):
    clock(days=10)
    mine.post("/log/check-in/", {"mood": "3"})
    clock(minutes=1, days=20)
    work_off()
    reminder.refresh_from_db()
    assert reminder.is_on


def test_snooze_comes_an_hour_later_and_then_as_ever(reminder, client, clock, work_off, mailoutbox):
    clock(minutes=1)
    work_off()
    address = f"/reminders/snooze/{token_for(reminder.pk, 'snooze')}/"
    assert "In an hour" in client.get(address).content.decode()
    assert len(mailoutbox) == 1
    client.post(address)
    clock(minutes=60)
    assert work_off() == 0
    clock(minutes=62)
    assert work_off() == 1 and len(mailoutbox) == 2
    reminder.refresh_from_db()
    assert reminder.next_at == DUE + timedelta(days=1)


def test_the_link_in_the_message_stops_it_also_for_somebody_signed_out(reminder, client, clock, work_off, mailoutbox):
    clock(minutes=1)
    work_off()
    link = next(word for word in mailoutbox[0].body.split() if "/reminders/stop/" in word)
    path = link.split("8000", 1)[1]
    assert client.get(path).status_code == 200
    reminder.refresh_from_db()
    assert reminder.is_on  # looking is not stopping: mail programs open links by themselves
    assert "is off" in client.post(path).content.decode()
    reminder.refresh_from_db()
    assert not reminder.is_on and reminder.stopped == "person"


@pytest.mark.parametrize("token", ["x", "a:b:c", ""])
def test_a_forged_link_does_nothing(reminder, client, token):
    answer = client.post(f"/reminders/stop/{token}x/")
    assert "does nothing any more" in answer.content.decode()
    assert Reminder.objects.get().is_on


def test_a_link_for_snoozing_does_not_stop(reminder, client):
    client.post(f"/reminders/stop/{token_for(reminder.pk, 'snooze')}/")
    assert Reminder.objects.get().is_on


class Maker(BaseHTTPRequestHandler):
    """A browser's maker: takes what it is sent, and answers as told."""

    got: list = []
    status = 201

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def maker(settings):
    settings.PUSH_HOSTS = ["127.0.0.1"]
    Maker.got, Maker.status = [], 201
    server = HTTPServer(("127.0.0.1", 0), Maker)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def base64url(data):
    return push.base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.fixture
def phone(maker, person):
    """A phone that is kept; its private key opens what arrives."""
    private, secret = ec.generate_private_key(ec.SECP256R1()), b"0123456789abcdef"
    point = private.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    told = {
        "endpoint": f"http://127.0.0.1:{maker.server_port}/x",
        "keys": {"p256dh": base64url(point), "auth": base64url(secret)},
    }
    push.keep(person, told)
    return private, secret


def test_a_phone_gets_two_words_and_nothing_else(reminder, phone, clock, work_off):
    clock(minutes=1)
    work_off()
    [(headers, body)] = Maker.got
    private, secret = phone
    opened = json.loads(http_ece.decrypt(body, private_key=private, auth_secret=secret, version="aes128gcm"))
    assert set(opened) == {"stop", "snooze"}
    assert headers["ttl"] == "3600" and headers["authorization"].startswith("vapid")
    assert str(reminder.person_id).encode() not in body


@pytest.mark.parametrize("status, left", [(410, 0), (404, 0), (500, 1), (429, 1)])
def test_a_phone_that_is_gone_is_forgotten(reminder, phone, clock, work_off, status, left):
    Maker.status = status
    clock(minutes=1)
    work_off()
    assert PushDevice.objects.count() == left


def test_a_phones_address_is_stored_sealed(phone, maker):
    assert str(maker.server_port).encode() not in bytes(PushDevice.objects.get().sealed)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://evil.example/x",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com.evil.example/",
        "https://127.0.0.1/",
        "file:///etc/x",
        "https://fcm.googleapis.com:8443/x",
        "",
        "https://user@evil.example#fcm.googleapis.com",
    ],
)
def test_only_known_makers_are_ever_asked(endpoint, mine):
    told = {"endpoint": endpoint, "keys": {"p256dh": "x", "auth": "y"}}
    answer = mine.post("/settings/reminders/push/", json.dumps(told), content_type="application/json")
    assert answer.status_code == 422 and not PushDevice.objects.exists()


def test_closing_the_account_takes_reminders_and_phones_away(reminder, phone, person):
    close_account(person)
    assert not Reminder.objects.exists() and not PushDevice.objects.exists()
