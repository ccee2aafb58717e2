"""Leaving one category out: one tap on the page of the sharing, at once, without a password."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AccessRecord
from care import access
from care.actions import consents
from care.models import Consent, SharedEntry
from care.texts import text_hash
from journal.models import Entry
from tests.care.conftest import sign
from tests.care.sharing import put, shown

ALL = ("check-ins", "cravings", "goals", "plan", "entries")


def detail(client, connection):
    return client.get(f"/sharing/{connection.pk}/")


def buttons(client, connection):
    """What the page offers to leave out."""
    return re.findall(r'/without/([\w-]+)/">', detail(client, connection).content.decode())


def leave_out(client, connection, category):
    """Press the button; the answer that the person reads after it."""
    answer = client.post(f"/sharing/{connection.pk}/without/{category}/")
    assert answer.status_code == 302 and answer.url.startswith(f"/sharing/{connection.pk}/?done=")
    return shown(client.get(answer.url))


def opened(counselor, connection):
    """The categories that a read opens now; None where it is refused."""
    try:
        with access.read(counselor.person, connection.pk, "overview", ALL) as reading:
            return set(map(str, reading.grant.spans)) - {"contact"}
    except access.Http404:
        return None


def told(person, action):
    return [line.categories for line in AccessRecord.objects.about(person.pk).filter(action=action)]


def test_each_category_that_is_shown_has_a_button_with_its_name(mine, grant, person, connection):
    sign(grant, person, connection, {"check-ins": "", "lapses": ""})
    page = shown(detail(mine, connection))
    assert set(buttons(mine, connection)) == {"check-ins", "lapses"}
    assert "Stop showing : Check-ins" in page and "Stop showing : Returns to use" in page and "Stop showing : Goals" not in page


def test_one_tap_closes_one_category_at_once_and_keeps_the_rest(mine, grant, person, counselor, connection):
    old = sign(grant, person, connection, {"check-ins": "", "cravings": "2026-11-01"}, purpose="peer", shown_name="Rio")
    page = leave_out(mine, connection, "check-ins")
    assert "Left out, from this moment on." in page and "Stop showing : Check-ins" not in page
    new = consents.current(connection.pk, timezone.now())
    assert (new.scopes, new.purpose, new.ends_at) == ({"cravings": "2026-11-01"}, "peer", old.ends_at)
    words = grant.open_one(new)
    assert words.shown_name == "Rio" and new.text_hash == text_hash(words.signed_text) and "Check-ins" not in words.signed_text
    assert opened(counselor, connection) == {"cravings"} and told(person, "consent-narrowed") == ["cravings"]


def test_the_next_query_of_the_counselor_is_refused_the_category(mine, theirs, counselor, connection, consent):
    assert "goals" in opened(counselor, connection)
    leave_out(mine, connection, "goals")
    assert "goals" not in opened(counselor, connection) and theirs.get(f"/care/p/{connection.pk}/").status_code == 200


def test_the_last_one_stops_everything(mine, grant, person, counselor, connection):
    sign(grant, person, connection, {"cravings": ""})
    page = leave_out(mine, connection, "cravings")
    assert "That was the last thing you showed, so sharing has stopped." in page and "You stopped it on" in page
    assert opened(counselor, connection) is None and told(person, "consent-revoked") == ["cravings"]
    assert buttons(mine, connection) == []


def test_entries_that_were_shown_are_shown_no_longer(mine, grant, person, connection, consent):
    entry = put(person, grant, Entry(), body="along the river")
    consents.show_entry(grant, person, connection.pk, entry.pk, timezone.now())
    leave_out(mine, connection, "entries")
    assert not SharedEntry.objects.now_shared(connection.pk).exists()


def test_a_second_tap_is_harmless(mine, connection, consent):
    pages = [leave_out(mine, connection, "goals") for _ in range(2)]
    assert pages[0] == pages[1] and "Left out, from this moment on." in pages[1]
    assert Consent.objects.count() == 2


def test_a_page_that_is_behind_still_closes_what_it_names(mine, grant, person, counselor, connection, consent):
    for category in ("goals", "plan"):  # two buttons of one page, as it was loaded
        mine.post(f"/sharing/{connection.pk}/without/{category}/")
    assert opened(counselor, connection) == set(ALL) - {"goals", "plan"}


def test_after_it_was_stopped_in_a_second_window_nothing_is_opened(mine, person, counselor, connection, consent):
    consents.stop(person, connection.pk, timezone.now())
    assert "This sharing has ended meanwhile. Nothing is shared." in leave_out(mine, connection, "goals")
    assert opened(counselor, connection) is None and Consent.objects.count() == 1


def test_what_waits_to_begin_waits_anew_without_it(mine, grant, person, counselor, connection):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign(grant, person, connection, {"check-ins": "", "plan": "", "goals": ""}, waited=False)
        page = leave_out(mine, connection, "plan")
        assert "Left out, from this moment on." in page and "Signed." not in page and opened(counselor, connection) is None
        clock.shift(timedelta(minutes=10))
        assert opened(counselor, connection) == {"check-ins", "goals"}


def test_what_holds_meanwhile_is_closed_too_where_a_wider_one_waits(mine, grant, person, counselor, connection):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign(grant, person, connection, {"check-ins": "", "plan": ""})
        sign(grant, person, connection, {"check-ins": "", "plan": "", "goals": ""}, waited=False)
        leave_out(mine, connection, "plan")
        assert opened(counselor, connection) == {"check-ins"} and told(person, "consent-narrowed") == ["check-ins"]
        clock.shift(timedelta(minutes=10))
        assert opened(counselor, connection) == {"check-ins", "goals"}


def test_what_would_end_before_it_could_begin_stops(mine, grant, person, counselor, connection):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign(grant, person, connection, {"check-ins": ""}, days=1)
        consent = sign(grant, person, connection, {"check-ins": "", "plan": "", "goals": ""}, days=1, waited=False)
        Consent.objects.filter(pk=consent.pk).update(starts_at=consent.ends_at - timedelta(minutes=1))
        clock.move_to(consent.ends_at - timedelta(minutes=5))
        assert "The rest was about to end, so sharing has stopped." in leave_out(mine, connection, "plan")
        assert opened(counselor, connection) is None


def test_a_pause_lasts_over_it(mine, person, counselor, connection, consent):
    consents.pause(person, connection.pk, timezone.now())
    leave_out(mine, connection, "goals")
    assert consents.current(connection.pk, timezone.now()).paused_at is not None and opened(counselor, connection) == set()


@pytest.mark.parametrize("category", ["contact", "nonsense"])
def test_what_cannot_be_left_out_is_not_there(mine, connection, consent, category):
    answer = mine.post(f"/sharing/{connection.pk}/without/{category}/")
    assert answer.status_code == 404 and Consent.objects.count() == 1


def test_nobody_leaves_out_anything_of_somebody_else(stranger, client_of, theirs, connection, consent):
    for client in (client_of(stranger), theirs):
        answer = client.post(f"/sharing/{connection.pk}/without/goals/")
        assert answer.status_code == 404
    assert Consent.objects.count() == 1
