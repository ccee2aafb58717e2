"""The timeline: shared logs by day, a month at a time, with what was said about them."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AccessRecord
from care.actions import consents
from care.models import Message
from care.timeline import month_of
from journal.models import CheckIn, Craving, Entry, Lapse, OwnWord
from tests.care.case import here, own_grant, put, shares, shown, today_of, writes
from tests.care.conftest import sign

DAY = timedelta(days=1)


def page(client, connection, **asked):
    return client.get(here(connection, "timeline/"), asked)


def comment(person, grant, connection, text, **about):
    row = Message(connection=connection, kind="comment", from_counselor=True, **about)
    return put(person, grant, row, text=text)


def test_logs_stand_by_day_latest_first_each_with_its_words(person, grant, connection, consent, theirs):
    put(person, grant, CheckIn(mood=2, craving=6, sleep=1, medication="no"), note="rough night")
    put(person, grant, CheckIn(mood=4, craving=1), 0.001, note="earlier one")
    put(
        person,
        grant,
        Craving(intensity=7, intensity_after=3, outcome="passed", triggers=["boredom"], strategies=["ride-the-wave"]),
    )
    put(person, grant, Lapse(), note="it happened", before="an argument", helped="calling Sam", next_time="leave earlier")
    text = shown(page(theirs, connection))
    for words in ("Mood: low. Craving: 6 of 10. Slept badly. Medicine not taken.", "rough night", "earlier that day",
                  "7 → 3 of 10 · It passed Boredom Ride the wave", "Return to use", "it happened", "Before: an argument",
                  "What helped: calling Sam", "Next time: leave earlier"):  # fmt: skip
        assert words in text, words


def test_a_shared_entry_is_read_whole_and_another_not_at_all(person, grant, connection, consent, theirs):
    entry = put(person, grant, Entry(), title="Rain", body="long " * 200 + "end", went_well="tea", what_next="sleep")
    put(person, grant, Entry(), title="Secret", body="not for you")
    consents.show_entry(grant, person, connection.pk, entry.pk, timezone.now())
    text = shown(page(theirs, connection))
    assert "Entry: Rain" in text and "long end" in text and "Went well: tea" in text and "Next: sleep" in text
    assert "Secret" not in text and "not for you" not in text


def test_a_return_to_use_that_is_kept_is_nowhere(person, grant, connection, consent, theirs):
    put(person, grant, Lapse(withheld=True), note="mine alone")
    assert "mine alone" not in shown(page(theirs, connection)) and "Return to use" not in shown(page(theirs, connection))


@pytest.mark.parametrize("scopes", [{"cravings": ""}, {"cravings": "", "lapses": ""}])
def test_a_craving_does_not_tell_a_return_to_use_that_its_own_log_keeps(person, grant, connection, theirs, scopes):
    put(person, grant, Lapse(withheld=True))
    put(person, grant, Craving(intensity=9, intensity_after=8, outcome="used"))
    sign(grant, person, connection, scopes)
    text = shown(page(theirs, connection)).casefold()
    assert "9 → 8 of 10" in text and person.lapse_word not in text and "used" not in text


def test_it_goes_back_month_by_month_to_the_first_shared_day_and_not_further(person, grant, connection, consent, theirs):
    put(person, grant, CheckIn(mood=3), 70)
    today = today_of(person)
    first = (today - 70 * DAY).replace(day=1)
    seen, answer = 0, page(theirs, connection)
    while answer.context["earlier"] is not None:
        seen += 1
        answer = page(theirs, connection, m=f"{answer.context['earlier']:%Y-%m}")
    assert answer.context["month"] == first and len(answer.context["days"]) == 1 and 2 <= seen <= 3
    assert answer.context["later"] is not None and "Nothing is shared in this month." not in shown(answer)
    assert page(theirs, connection).context["later"] is None


def test_only_days_from_the_first_shared_one_on(person, grant, connection, theirs):
    put(person, grant, CheckIn(mood=3), 0, note="after")
    put(person, grant, CheckIn(mood=3), 2, note="before")
    sign(grant, person, connection, {"check-ins": (today_of(person) - DAY).isoformat()})
    both = shown(page(theirs, connection)) + shown(page(theirs, connection, m=f"{today_of(person) - 2 * DAY:%Y-%m}"))
    assert "after" in both and "before" not in both


@pytest.mark.parametrize(("text", "month"), [
    ("2026-10", (2026, 10)), ("2027-03", (2026, 11)), ("", (2026, 11)), ("2026-13", (2026, 11)), ("x", (2026, 11)),
    ("2026-10-01", (2026, 11)), ("0001-01", (1, 1)),
])  # fmt: skip
def test_a_month_that_cannot_be_is_the_latest(text, month):
    found = month_of(text, timezone.datetime(2026, 11, 25).date())
    assert (found.year, found.month, found.day) == (*month, 1)


def test_one_trigger_alone(person, grant, connection, consent, theirs):
    corner = put(person, grant, OwnWord(kind="trigger"), name="the corner")
    put(person, grant, Craving(intensity=5, triggers=[str(corner.pk)]), note="at the corner")
    put(person, grant, Craving(intensity=6, triggers=["boredom"]), note="nothing to do")
    put(person, grant, CheckIn(mood=3), note="a day")
    text = shown(page(theirs, connection, t=str(corner.pk)))
    assert "at the corner" in text and "nothing to do" not in text and "a day" not in text
    assert "nothing to do" in shown(page(theirs, connection, t="no-such-trigger"))


def test_comments_stand_beside_what_they_are_about(person, grant, connection, consent, theirs):
    entry = put(person, grant, Entry(), 0, body="a walk")
    put(person, grant, CheckIn(mood=3))
    consents.show_entry(grant, person, connection.pk, entry.pk, timezone.now())
    today = today_of(person)
    comment(person, grant, connection, "on the walk", about="entry", about_id=entry.pk, about_day=today)
    comment(person, grant, connection, "on the day", about="day", about_day=today)
    writes(person, connection, text="only a message")
    [day] = page(theirs, connection).context["days"]
    assert [one.text for one in day.comments] == ["on the day"]
    assert [[one.text for one in line.comments] for line in day.lines if line.item.kind == "entry"] == [["on the walk"]]
    text = shown(page(theirs, connection))
    assert "on the walk" in text and "only a message" not in text


def test_a_comment_to_somebody_else_is_not_here(person, grant, counselor, connection, consent, theirs):
    brook, other = shares("brook", counselor)
    put(brook, own_grant(brook), CheckIn(mood=3))
    comment(person, grant, connection, "for River", about="day", about_day=today_of(person))
    assert "for River" not in shown(page(theirs, other))


def test_a_comment_written_in_the_box_comes_back_in_place(person, grant, connection, consent, theirs):
    put(person, grant, CheckIn(mood=3))
    today = today_of(person).isoformat()
    text = page(theirs, connection).content.decode()
    assert f'name="about_day" value="{today}"' in text
    back = f"{here(connection, 'timeline/')}?m={today[:7]}&sent#d-{today}"
    data = {"id": str(uuid.uuid4()), "about": "day", "about_day": today, "text": "Well done.", "next": back}
    answer = theirs.post(here(connection, "comment/"), data)
    assert answer.status_code == 302 and answer.url == back
    assert "Well done." in shown(page(theirs, connection))


def test_the_record_says_which_days_were_looked_at(person, grant, connection, consent, theirs):
    put(person, grant, CheckIn(mood=3), 40)
    month = (today_of(person) - 40 * DAY).replace(day=1)
    page(theirs, connection, m=f"{month:%Y-%m}")
    line = AccessRecord.objects.about(person.pk).filter(page="timeline").get()
    assert (line.first_day, (line.last_day + DAY).day) == (month, 1)
