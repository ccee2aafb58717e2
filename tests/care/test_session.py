"""Before a session: what is told since the last one, the draft note, and noting that it was held."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.days import wall_clock
from accounts.models import AccessRecord
from care.actions import consents
from care.models import AgendaLine, FlagMark, Proposal, Review
from goals.models import Goal, Step
from journal.helping import LATELY
from journal.models import CheckIn, Craving, Entry, Lapse, OwnWord
from tests.care.case import NOTICE, alone, days_of, here, life, noon, put, shown, today_of
from tests.care.conftest import sign

DAY = timedelta(days=1)


def said(day):
    return f"{day.day} {day:%B}"


def page(client, connection, **asked):
    return client.get(here(connection, "session/"), asked)


def held(connection, days_ago, **more):
    return Review.objects.create(connection=connection, at=noon(connection.person, days_ago), **more)


# --- since when ---


def test_without_a_session_it_looks_back_two_weeks(person, grant, connection, consent, theirs):
    days_of(person, grant, "3" * 30, ends=0)
    text, today = shown(page(theirs, connection)), today_of(person)
    assert "No session is noted so far." in text
    assert f"{said(today - 14 * DAY)} to {said(today)} {today.year}" in text and "15 of 15 days have a check-in" in text


def test_it_begins_with_the_day_of_the_last_session(person, grant, connection, consent, theirs):
    days_of(person, grant, "3" * 30, ends=0)
    held(connection, 40)
    held(connection, 5)
    text, today = shown(page(theirs, connection)), today_of(person)
    assert f"Since the last session on {said(today - 5 * DAY)}:" in text and "6 of 6 days have a check-in" in text


def test_a_session_long_ago_is_named_and_the_numbers_are_of_the_latest_weeks(person, connection, consent, theirs):
    held(connection, 300)
    today = today_of(person)
    text = shown(page(theirs, connection))
    assert f"Since the last session on {said(today - 300 * DAY)}: {said(today - 104 * DAY)} to {said(today)}" in text


def test_nothing_new_is_said_in_one_line(person, connection, consent, theirs):
    held(connection, 3)
    assert f"Nothing new since {said(today_of(person) - 3 * DAY)}." in shown(page(theirs, connection))


def test_another_counselors_session_does_not_count(person, connection, consent, theirs, stranger, counselor):
    other = type(connection).objects.create(person=stranger, membership=counselor)
    held(other, 2)
    assert "No session is noted so far." in shown(page(theirs, connection))


# --- what is told ---


def test_what_the_person_wants_comes_first_and_flags_come_with_numbers(person, grant, connection, consent, theirs):
    days_of(person, grant, "3" * 70 + "9" * 14)
    put(person, grant, AgendaLine(connection=connection), 2, text="the second thing")
    put(person, grant, AgendaLine(connection=connection), 3, text="the first thing")
    put(person, grant, AgendaLine(connection=connection, done_at=timezone.now()), 3, text="talked about")
    text = shown(page(theirs, connection))
    places = [text.index(words) for words in ("the first thing", "the second thing", "Why look", "What went well")]
    assert places == sorted(places) and "talked about" not in text
    assert "Craving higher In the week from" in text and "9 on average (7 days), usually" in text


def test_an_entry_on_the_list_is_named_only_where_it_is_shown(person, grant, connection, consent, theirs):
    entry = put(person, grant, Entry(), 1, title="night thoughts", body="x")
    put(person, grant, AgendaLine(connection=connection, entry_id=entry.pk), 1, text="this one")
    assert "night thoughts" not in shown(page(theirs, connection))
    assert "A journal entry, to look at together" in shown(page(theirs, connection))
    consents.show_entry(grant, person, connection.pk, entry.pk, timezone.now())
    assert "this one Entry of" in shown(page(theirs, connection)) and ": night thoughts" in shown(page(theirs, connection))


def test_triggers_and_ways_to_cope_are_counted_since_then_and_results_over_a_year(person, grant, connection, consent, theirs):
    walk = put(person, grant, OwnWord(kind="strategy"), 200, name="the long walk")
    old = put(person, grant, OwnWord(kind="trigger"), 200, name="the old corner")
    for ago in range(20, 40):
        put(person, grant, Craving(intensity=8, intensity_after=4, strategies=[str(walk.pk)], triggers=[str(old.pk)]), ago)
    for after in (3, None):
        put(person, grant, Craving(intensity=7, intensity_after=after, strategies=[str(walk.pk)], triggers=["boredom"]), 1)
    answer = page(theirs, connection)
    assert "Boredom 2 of 2" in shown(answer) and "the old corner" not in shown(answer)
    [way] = answer.context["since"].ways
    assert (way.name, way.times, way.pairs) == ("the long walk", 2, ((7, 3),))
    assert way.says == "After “the long walk” craving fell about 4 (21 times)." and way.says in shown(answer)


def test_results_need_insights_and_counts_do_not(person, grant, connection, theirs):
    for ago in range(1, 18):
        put(person, grant, Craving(intensity=8, intensity_after=4, strategies=["ride-the-wave"]), ago % 10)
    sign(grant, person, connection, {"cravings": ""})
    answer = page(theirs, connection)
    assert [(one.name, one.times, one.says) for one in answer.context["since"].ways] == [("Ride the wave", 17, "")]
    assert "17 times, 8 → 4" in shown(answer) and "craving fell" not in shown(answer)


def test_what_went_well_since_then(person, grant, connection, consent, theirs):
    held(connection, 6)
    goal = put(person, grant, Goal(life_skill="x"), 50, title="the long goal")
    for wording, ago in (("done lately", 1), ("done before", 9)):
        put(person, grant, Step(goal=goal, done_at=timezone.now() - ago * DAY), 50, wording=wording)
    for title, ago in (("reached lately", 2), ("reached before", 9)):
        put(person, grant, Goal(life_skill="x", status="done", closed_at=timezone.now() - ago * DAY), 50, title=title)
    put(person, grant, Goal(life_skill="x", status="let_go", closed_at=timezone.now()), 50, title="let go")
    context = page(theirs, connection).context
    assert [one.title for one in context["finished"]] == ["reached lately"]
    assert list(context["since"].done) == ["done lately"]
    assert [one.title for one in context["goals"]] == ["the long goal"]


# --- the draft note ---


def test_the_note_holds_facts_and_leaves_the_rest_open(person, grant, connection, theirs):
    entry = life(person, grant, connection)
    alone(person, grant, connection, "check-ins", "cravings", "lapses", "goals", "insights", "entries", entry=entry)
    note = page(theirs, connection).context["note"]
    for line in ("Data", "Assessment\n- [Your assessment]", "Plan\n- Next session: [day].", "- Wants to talk about: agenda-line",
                 "- Check-ins on 15 of 15 days.", "- Craving (0 to 10): 3.5 on average, from 3 to 4 (15 ratings).",
                 "- 1 craving logged.", "- Triggers named: the-corner (1).", "- Used “the-long-walk”: 1 time; 7 → 4.",
                 "- Return to use shared:", "- Goal “goal-title”: 1 of 2 steps done.", "- Step done: step-done",
                 "- 1 journal entry shown.", "- 1 proposal waits for an answer.", NOTICE):  # fmt: skip
        assert line in note, line
    for words in ("entry-body", "went-well-words", "note-of-the-day", "craving-note", "lapse-note", "plan-line", "goal-why"):
        assert words not in note


def test_the_note_says_only_what_is_shared(person, grant, connection, theirs):
    life(person, grant, connection)
    alone(person, grant, connection, "check-ins")
    note = page(theirs, connection).context["note"]
    assert "- Check-ins on 15 of 15 days." in note
    for words in ("on average", "craving", "Goal", "Return to use", "entry", "Step"):
        assert words not in note, words


def test_birp_is_another_order_of_the_same_facts(person, grant, connection, theirs):
    alone(person, grant, connection, "check-ins", "cravings", "goals", entry=life(person, grant, connection))
    note = page(theirs, connection, note="birp").context["note"]
    places = [note.index(part) for part in ("Behavior\n", "Intervention\n", "Response\n- Used “the-long-walk”", "Plan\n")]
    assert places == sorted(places)
    assert page(theirs, connection, note="nonsense").context["note"].count("Data") == 1


def test_the_note_can_be_copied_without_scripts(person, connection, consent, theirs):
    text = page(theirs, connection).content.decode()
    assert 'readonly aria-labelledby="note-title">' in text and "It is kept nowhere." in text


def test_the_read_tells_how_far_back_the_cravings_went(person, grant, connection, theirs):
    sign(grant, person, connection, {"check-ins": "", "cravings": ""})
    page(theirs, connection)
    line = AccessRecord.objects.about(person.pk).filter(page="session").last()
    assert (line.last_day - line.first_day).days == LATELY.days


# --- after the session ---


def reviewed(client, connection, **data):
    return client.post(here(connection, "reviewed/"), data)


def test_a_session_is_noted_with_the_next_day_and_the_person_sees_it(person, connection, consent, theirs, mine):
    day = today_of(person) + 7 * DAY
    answer = reviewed(theirs, connection, act="held", next_on=day.isoformat())
    assert answer.url == f"{here(connection, 'session/')}?done=held#reviewed"
    [review] = Review.objects.all()
    assert (review.next_on, review.at is not None) == (day, True)
    assert "looked at this together" in shown(theirs.get(answer.url))
    assert said(wall_clock(review.at, person.tz).date()) in shown(mine.get(f"/sharing/{connection.pk}/"))
    assert f"{day.day} {day:%b}" in shown(theirs.get("/care/"))


@pytest.mark.parametrize("days", [0, 1, 40])
def test_a_day_that_came_or_went_by_is_not_offered_as_the_next_one(person, connection, consent, theirs, days):
    held(connection, days + 7, next_on=today_of(person) - days * DAY)
    answer = page(theirs, connection)
    assert answer.context["form"]["next_on"].value() is None
    assert (answer.context["next_on"] is None) == (days > 0)
    went = today_of(person) - days * DAY
    assert (f"{went.day} {went:%b}" in shown(theirs.get("/care/"))) == (days == 0)
    assert reviewed(theirs, connection, act="held", next_on=answer.context["form"]["next_on"].value() or "").status_code == 302


def test_pressing_twice_is_one_session_and_mends_its_day(person, connection, consent, theirs):
    today = today_of(person)
    for days in (7, 7, 9):
        reviewed(theirs, connection, act="held", next_on=(today + days * DAY).isoformat())
    assert [one.next_on for one in Review.objects.all()] == [today + 9 * DAY]


def test_the_next_day_is_another_session(person, connection, consent, theirs):
    held(connection, 1)
    reviewed(theirs, connection, act="held")
    assert Review.objects.held().count() == 2


def test_a_day_can_be_set_before_the_first_session_and_no_session_is_claimed(person, connection, consent, theirs, mine):
    day = today_of(person) + 2 * DAY
    reviewed(theirs, connection, act="day", next_on=day.isoformat())
    assert "No session is noted so far." in shown(page(theirs, connection)) and not Review.objects.held().exists()
    assert f"{day.day} {day:%b}" in shown(theirs.get("/care/"))
    assert mine.get(f"/sharing/{connection.pk}/").context["reviews"] == []
    reviewed(theirs, connection, act="held", next_on="")
    [review] = Review.objects.all()
    assert review.at is not None and review.next_on is None


def test_a_day_can_be_changed_later_without_a_new_session(person, connection, consent, theirs):
    first = held(connection, 5, next_on=today_of(person) + DAY)
    reviewed(theirs, connection, act="day", next_on=(today_of(person) + 4 * DAY).isoformat())
    first.refresh_from_db()
    assert (first.next_on, Review.objects.count()) == (today_of(person) + 4 * DAY, 1)


@pytest.mark.parametrize("day", ["yesterday", "-1", "+400", "2026-13-45", "soon", "0001-01-01"])
def test_a_day_that_cannot_be_is_told_and_kept_in_the_form(person, connection, consent, theirs, day):
    today = today_of(person)
    typed = {"yesterday": today - DAY, "-1": today - 30 * DAY, "+400": today + 400 * DAY}.get(day, day)
    answer = reviewed(theirs, connection, act="held", next_on=str(typed))
    assert answer.status_code == 422 and not Review.objects.exists()
    text = answer.content.decode()
    assert "There is a problem. Nothing is lost." in text and f'value="{typed}"' in text and 'href="#id_next_on"' in text


def test_noting_a_session_reads_nothing_and_needs_a_consent(person, connection, consent, theirs):
    before = AccessRecord.objects.about(person.pk).count()
    reviewed(theirs, connection, act="held")
    assert AccessRecord.objects.about(person.pk).count() == before
    consents.stop(person, connection.pk, timezone.now())
    assert reviewed(theirs, connection, act="held").status_code == 404
    assert Review.objects.count() == 1


def test_a_mark_on_the_session_page_leads_back_to_it(person, grant, connection, consent, theirs):
    lapse = put(person, grant, Lapse(), 1)
    data = {"rule": "return-to-use", "key": str(lapse.pk), "mark": "acted", "back": "session"}
    assert theirs.post(here(connection, "flags/"), data).url == f"{here(connection, 'session/')}?marked#flags"
    assert FlagMark.objects.get().mark == "acted"


def test_what_is_not_shared_has_no_place_and_no_hint(person, grant, connection, theirs):
    sign(grant, person, connection, {"goals": ""})
    put(person, grant, CheckIn(mood=3), 1)
    put(person, grant, Proposal(connection=connection, kind="page"), 1, title="A page on sleep")
    text = shown(page(theirs, connection))
    assert not any(word in text.lower() for word in ("not shared", "craving", "trigger", "check-in.", "insight", "chart"))
    assert "Waiting for an answer: A page on sleep" in text
