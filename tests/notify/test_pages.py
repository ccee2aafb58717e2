"""Reminders on the settings pages."""

from datetime import time

import pytest

from notify.models import AT_MOST, QuietHours, Reminder

NEW = "/settings/reminders/new/"
ALL_DAYS = [str(day) for day in range(7)]


def text_of(answer):
    return answer.content.decode()


def test_nothing_is_on_by_default(mine):
    page = text_of(mine.get("/settings/reminders/"))
    assert "No reminder is set" in page and not Reminder.objects.exists()


def test_one_is_added_changed_switched_off_and_on_and_removed(mine, person, address):
    mine.post(NEW, {"at": "18:30", "days": ALL_DAYS, "by_email": "on"})
    row = Reminder.objects.get()
    assert row.person == person and row.is_on and "18:30" in text_of(mine.get("/settings/reminders/"))
    mine.post(f"/settings/reminders/{row.pk}/edit/", {"at": "09:15", "days": ["0", "4"], "by_email": "on"})
    page = text_of(mine.get("/settings/reminders/"))
    assert "09:15" in page and "Monday, Friday" in page
    mine.post(f"/settings/reminders/{row.pk}/off/")
    assert "You switched it off" in text_of(mine.get("/settings/reminders/"))
    mine.post(f"/settings/reminders/{row.pk}/on/")
    assert Reminder.objects.get().is_on
    mine.post(f"/settings/reminders/{row.pk}/remove/")
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(
    "fields, said",
    [
        ({"at": "23:00", "days": ALL_DAYS, "by_push": "on"}, "quiet hours, 22:00 to 08:00"),
        ({"at": "noon", "days": ALL_DAYS, "by_push": "on"}, "hours and minutes"),
        ({"at": "", "days": ALL_DAYS, "by_push": "on"}, "Choose a time"),
        ({"at": "18:30", "by_push": "on"}, "Choose at least one day"),
        ({"at": "18:30", "days": ALL_DAYS}, "Choose how it should reach you"),
        ({"at": "18:30", "days": ["9"], "by_push": "on"}, "Error:"),
    ],
)
def test_bad_input_gets_a_plain_message_and_stays_on_the_screen(mine, fields, said):
    answer = mine.post(NEW, fields)
    assert answer.status_code == 422 and said in text_of(answer)
    assert not Reminder.objects.exists()
    if fields["at"] == "18:30":
        assert 'value="18:30"' in text_of(answer)


def test_without_a_confirmed_address_e_mail_is_not_offered(mine):
    assert 'name="by_email"' not in text_of(mine.get(NEW))


def test_the_sixth_is_not_kept(mine):
    for hour in range(9, 9 + AT_MOST + 1):
        mine.post(NEW, {"at": f"{hour:02d}:00", "days": ALL_DAYS, "by_push": "on"})
    assert Reminder.objects.count() == AT_MOST
    assert "are the most" in text_of(mine.get("/settings/reminders/"))


def test_quiet_hours_can_be_changed_and_then_a_late_time_is_fine(mine, person):
    mine.post("/settings/reminders/quiet/", {"begin": "00:30", "end": "06:00"})
    assert QuietHours.objects.get().begin == time(0, 30)
    assert mine.post(NEW, {"at": "23:00", "days": ALL_DAYS, "by_push": "on"}).status_code == 302


def test_a_stranger_reaches_none_of_it(mine, stranger, client_of):
    mine.post(NEW, {"at": "18:30", "days": ALL_DAYS, "by_push": "on"})
    row, theirs = Reminder.objects.get(), client_of(stranger)
    assert theirs.get(f"/settings/reminders/{row.pk}/edit/").status_code == 404
    for act in ("off", "on", "remove"):
        assert theirs.post(f"/settings/reminders/{row.pk}/{act}/").status_code == 404
    assert Reminder.objects.get().is_on


def test_without_a_key_notifications_are_not_offered(mine, settings):
    settings.VAPID_PRIVATE_KEY = ""
    assert "data-push" not in text_of(mine.get("/settings/reminders/"))
    assert 'name="by_push"' not in text_of(mine.get(NEW))
