"""What a counselor proposes, and what becomes of it: the person decides, once."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AccessRecord
from care import access
from care.actions import consents
from care.actions import proposals as acts
from care.goal_review import ANSWERED, goals_page
from care.models import Connection, Message, Proposal, Review
from goals.actions import add_template_goal
from goals.models import Goal, Step
from journal.actions import save_new
from journal.models import Craving
from library.shelf import shelf
from reading.models import Reading
from tests.care.conftest import make_counselor, sign
from tests.care.sharing import carried, put, shown, today_of
from tests.goals.rows import begin

PAGE, STRATEGY, TEMPLATE = "P13", "slow-breathing", "time-out-word"


def new_id():
    return str(uuid.uuid4())


def propose(client, connection, kind, **more):
    data = {"id": new_id(), "kind": kind, "why": "Evenings are hard, you wrote."} | more
    return client.post(f"/care/p/{connection.pk}/propose/", data)


def proposed(grant):
    return grant.open(Proposal.objects.for_grant(grant).order_by("occurred_at", "pk"))


def answer(client, proposal, said="accepted", **more):
    return client.post(f"/sharing/proposals/{proposal.pk}/", {"answer": said} | more)


def goals_of(grant):
    return grant.open(Goal.objects.for_grant(grant).kept())


@pytest.fixture
def a_goal(theirs, connection, consent, grant):
    """A goal in the counselor's words, for the next two weeks."""
    propose(theirs, connection, "goal", title="A walk after dinner", due_on=str(timezone.now().date() + timedelta(days=14)))
    return proposed(grant)[0]


def test_each_kind_is_proposed_with_its_name_and_a_reason(theirs, person, grant, connection, consent):
    keys = {"page": PAGE, "strategy": STRATEGY, "template": TEMPLATE}
    for kind, key in keys.items():
        assert 'name="key"' in theirs.get(f"/care/p/{connection.pk}/propose/?kind={kind}").content.decode()
        assert propose(theirs, connection, kind, key=key).url == f"/care/p/{connection.pk}/goals/?sent#proposals"
    propose(theirs, connection, "goal", title="  A walk \n after dinner ")
    held = shelf()
    names = [held.pages[PAGE].title, held.strategies[STRATEGY].name, held.templates[TEMPLATE].plain_name, "A walk after dinner"]
    assert [one.title for one in proposed(grant)] == names
    assert {one.why for one in proposed(grant)} == {"Evenings are hard, you wrote."}
    assert AccessRecord.objects.about(person.pk).filter(action="wrote", page="propose").count() == 4
    page = shown(theirs.get(f"/care/p/{connection.pk}/goals/"))
    assert all(name in page for name in names) and "waiting" in page


def test_bad_input_comes_back_and_nothing_is_proposed(theirs, person, grant, connection, consent):
    past, far = str(today_of(person) - timedelta(days=3)), str(today_of(person) + timedelta(days=400))
    faults = [
        ({"kind": "page", "key": PAGE, "why": " "}, "Write why."),
        ({"kind": "page", "key": "P99"}, "Choose one from the list."),
        ({"kind": "goal", "title": ""}, "Write the goal."),
        ({"kind": "goal", "title": "Walk", "due_on": past}, "This day has passed."),
        ({"kind": "goal", "title": "Walk", "due_on": far}, "A year is the most."),
        ({"kind": "goal", "title": "Walk", "due_on": "soon"}, "Write the day as year-month-day"),
    ]
    for data, message in faults:
        page = propose(theirs, connection, **data)
        assert page.status_code == 422 and message in shown(page), data
        assert data.get("why", "Evenings are hard, you wrote.").strip() in shown(page)
    assert propose(theirs, connection, "nonsense").status_code == 200
    assert proposed(grant) == []
    assert not AccessRecord.objects.about(person.pk).filter(action="wrote").exists()


def test_a_suggestion_fills_the_form_and_stands_in_no_address(theirs, grant, connection, consent):
    page = theirs.post(f"/care/p/{connection.pk}/propose/", {"begin": "1", "kind": "template", "key": TEMPLATE})
    assert page.status_code == 200 and f'value="{TEMPLATE}" selected' in page.content.decode()
    assert proposed(grant) == []


def test_suggestions_come_from_shared_cravings_alone(theirs, person, grant, connection):
    for _ in range(3):
        save_new(grant, Craving(intensity=6, triggers=["argument"]), person, timezone.now(), {"note": ""})
    save_new(grant, Craving(intensity=6, triggers=["payday"]), person, timezone.now() - timedelta(days=120), {"note": ""})
    sign(grant, person, connection, {"goals": ""})
    page = shown(theirs.get(f"/care/p/{connection.pk}/goals/"))
    assert "in 90 days" not in page and "What might fit" not in page
    sign(grant, person, connection, {"goals": "", "cravings": ""})
    page = shown(theirs.get(f"/care/p/{connection.pk}/goals/"))
    assert "noted 3 times in 90 days" in page and shelf().page_for_trigger("argument").title in page
    assert shelf().triggers["payday"].name not in page
    consents.pause(person, connection.pk, timezone.now())
    assert "in 90 days" not in shown(theirs.get(f"/care/p/{connection.pk}/goals/"))


def test_goals_are_seen_with_steps_and_progress_only_where_they_are_shared(theirs, person, grant, connection):
    begin(grant, person, counts_strategy=STRATEGY, counts_target=3, at=timezone.now())
    save_new(grant, Craving(intensity=6, strategies=[STRATEGY]), person, timezone.now(), {"note": ""})
    sign(grant, person, connection, {"check-ins": ""})
    page = shown(theirs.get(f"/care/p/{connection.pk}/goals/"))
    assert "Call my sister" not in page and "Working on" not in page
    sign(grant, person, connection, {"goals": ""})
    page = shown(theirs.get(f"/care/p/{connection.pk}/goals/"))
    assert "Call my sister" in page and "Find her number" in page and "0 of 2 steps" in page
    assert shelf().strategies[STRATEGY].name not in page  # what counts comes from cravings, which are not shared
    sign(grant, person, connection, {"goals": "", "cravings": ""})
    assert f"{shelf().strategies[STRATEGY].name}: 1 / 3" in shown(theirs.get(f"/care/p/{connection.pk}/goals/"))


def test_a_page_taken_is_kept_for_later(mine, theirs, grant, connection, consent):
    propose(theirs, connection, "page", key=PAGE)
    [one] = proposed(grant)
    assert answer(mine, one).url == f"/sharing/proposals/{one.pk}/"
    assert Reading.objects.for_grant(grant).of_page(PAGE).get().later_at is not None
    assert "Kept for later." in shown(mine.get(f"/sharing/proposals/{one.pk}/"))


def test_a_way_to_cope_taken_is_noted_and_linked(mine, theirs, grant, connection, consent):
    propose(theirs, connection, "strategy", key=STRATEGY)
    [one] = proposed(grant)
    answer(mine, one)
    assert f"/coping/{STRATEGY}/" in mine.get(f"/sharing/proposals/{one.pk}/").content.decode()
    assert proposed(grant)[0].answer == "accepted" and goals_of(grant) == []


def test_a_goal_from_the_library_begins_once_with_its_day(mine, theirs, person, grant, connection, consent):
    due_on = today_of(person) + timedelta(days=10)
    propose(theirs, connection, "template", key=TEMPLATE, due_on=str(due_on))
    [one] = proposed(grant)
    for _ in range(2):
        answer(mine, one)
    [goal] = goals_of(grant)
    assert (goal.template, goal.target_on, proposed(grant)[0].became_id) == (TEMPLATE, due_on, goal.pk)
    assert Step.objects.for_grant(grant).kept().count() == len(shelf().templates[TEMPLATE].steps) + 1


def test_a_goal_of_this_template_that_is_there_already_is_the_one(mine, theirs, person, grant, connection, consent):
    there = add_template_goal(grant, person, TEMPLATE, uuid.uuid4(), timezone.now())
    propose(theirs, connection, "template", key=TEMPLATE)
    answer(mine, proposed(grant)[0])
    assert [goal.pk for goal in goals_of(grant)] == [there.pk] == [proposed(grant)[0].became_id]


def test_a_goal_in_their_words_begins_and_is_the_persons(mine, grant, a_goal):
    for _ in range(2):
        answer(mine, a_goal)
    [goal] = goals_of(grant)
    assert (goal.title, goal.why, goal.target_on) == ("A walk after dinner", "", a_goal.due_on)
    assert mine.get(f"/goals/{goal.pk}/").status_code == 200


def test_a_day_that_passed_is_not_carried_into_the_goal(mine, person, grant, a_goal):
    Proposal.objects.for_grant(grant).update(due_on=today_of(person) - timedelta(days=1))
    answer(mine, a_goal)
    assert goals_of(grant)[0].target_on is None


def test_changing_makes_the_goal_in_the_persons_words(mine, theirs, grant, connection, a_goal):
    page = mine.get(f"/sharing/proposals/{a_goal.pk}/?change")
    assert "A walk after dinner" in shown(page) and "Make it yours" in shown(page)
    bad = answer(mine, a_goal, "changed", title="", why="For my sleep")
    assert bad.status_code == 422 and "For my sleep" in shown(bad) and goals_of(grant) == []
    data = {"title": "Twice round the park", "why": "For my sleep", "first_step": "Shoes by the door"}
    for _ in range(2):
        assert answer(mine, a_goal, "changed", **data).status_code == 302
    [goal] = goals_of(grant)
    assert (goal.title, goal.why) == ("Twice round the park", "For my sleep")
    assert [step.wording for step in grant.open(Step.objects.for_grant(grant).kept())] == ["Shoes by the door"]
    assert "accepted and changed" in shown(theirs.get(f"/care/p/{connection.pk}/goals/"))


def test_declining_asks_no_reason_and_is_shown_neutrally(mine, theirs, grant, connection, a_goal):
    answer(mine, a_goal, "declined")
    page = shown(theirs.get(f"/care/p/{connection.pk}/goals/"))
    assert "not for me" in page and "declined" not in page and goals_of(grant) == []
    assert "sees “not for me”, and nothing else." in shown(mine.get(f"/sharing/proposals/{a_goal.pk}/"))


def test_an_answer_given_while_the_page_was_made_stays_new(mine, person, grant, counselor, connection, a_goal):
    other = put(person, grant, Proposal(connection=connection, kind="page", key=PAGE), title="A page", why="Why.")
    answer(mine, a_goal)
    with access.read(counselor.person, connection.pk, "goals") as reading:
        showed = goals_page(reading)["answered"]
        acts.decline(grant, grant.open_one(other), timezone.now())
        acts.seen_by_counselor(reading.grant, showed, reading.now)
    assert [one.pk for one in Proposal.objects.for_grant(grant).new_to_counselor()] == [other.pk]


def test_more_answers_than_a_page_holds_are_all_seen_in_the_end(theirs, person, grant, connection, consent):
    for _ in range(ANSWERED + 1):
        row = Proposal(connection=connection, kind="page", key=PAGE, answer="declined", answered_at=timezone.now())
        put(person, grant, row, title="A page", why="Why.")
    unseen = Proposal.objects.for_grant(grant).new_to_counselor()
    left = []
    for _ in range(2):
        theirs.get(f"/care/p/{connection.pk}/goals/")
        left.append(unseen.count())
    assert left == [1, 0]


def test_the_first_answer_stands(mine, grant, a_goal):
    answer(mine, a_goal, "declined")
    answer(mine, a_goal, "accepted")
    answer(mine, a_goal, "changed", **WORDS)
    assert proposed(grant)[0].answer == "declined" and goals_of(grant) == []
    assert answer(mine, a_goal, "maybe").status_code == 302


WORDS = {"title": "Twice round the park", "why": "For my sleep", "first_step": "Shoes by the door", "if_part": "it rains"}


def kept_words(page) -> bool:
    return all(text in page.content.decode() for text in WORDS.values())


@pytest.mark.parametrize("first", ["accepted", "declined"])
def test_words_typed_in_a_second_window_are_not_lost_when_the_first_one_answered(mine, grant, a_goal, first):
    assert mine.get(f"/sharing/proposals/{a_goal.pk}/?change").status_code == 200
    answer(mine, a_goal, first)
    before = len(goals_of(grant))
    page = answer(mine, a_goal, "changed", **WORDS)
    assert page.status_code == 409 and kept_words(page) and "answered in another window" in shown(page)
    assert proposed(grant)[0].answer == first and len(goals_of(grant)) == before
    fields = dict(re.findall(r'<input type="hidden" name="(id|template)" value="([^"]*)"', page.content.decode()))
    assert 'action="/goals/new/"' in page.content.decode()
    assert mine.post("/goals/new/", WORDS | fields).status_code == 302
    assert "Twice round the park" in {goal.title for goal in goals_of(grant)} and len(goals_of(grant)) == before + 1


def test_words_for_a_goal_that_left_the_library_are_not_lost(mine, person, grant, connection, consent):
    row = put(person, grant, Proposal(connection=connection, kind="template", key="gone"), title="Old", why="It was good.")
    page = answer(mine, row, "changed", **WORDS)
    assert page.status_code == 409 and kept_words(page) and goals_of(grant) == []


def test_an_answer_given_between_two_looks_at_the_proposal_keeps_the_words(mine, grant, person, a_goal, monkeypatch):
    take = acts.change

    def after_another_window(*arguments):
        acts.decline(grant, a_goal, timezone.now())
        return take(*arguments)

    monkeypatch.setattr(acts, "change", after_another_window)
    page = answer(mine, a_goal, "changed", **WORDS)
    assert page.status_code == 409 and kept_words(page) and goals_of(grant) == []


def test_two_presses_at_the_same_time_make_one_goal_and_no_complaint(mine, grant, person, a_goal, monkeypatch):
    take = acts.change

    def twice(*arguments):
        take(*arguments)
        return take(*arguments)

    monkeypatch.setattr(acts, "change", twice)
    assert answer(mine, a_goal, "changed", **WORDS).status_code == 302
    assert [goal.title for goal in goals_of(grant)] == ["Twice round the park"]


# --- taken back ---


def back(client, connection, proposal):
    return client.post(f"/care/p/{connection.pk}/proposals/{proposal.pk}/back/")


def test_a_counselor_takes_a_proposal_back_and_nothing_is_left_to_answer(mine, theirs, person, grant, connection, a_goal):
    assert "Take back" in shown(theirs.get(f"/care/p/{connection.pk}/goals/"))
    assert "A walk after dinner" in shown(mine.get("/today/"))
    done = back(theirs, connection, a_goal)
    assert done.status_code == 302 and "Taken back." in shown(theirs.get(done.url))
    assert "A walk after dinner" not in shown(mine.get("/today/"))
    page = shown(mine.get(f"/sharing/proposals/{a_goal.pk}/"))
    assert "took this back. There is nothing to answer." in page and "Take it on" not in page
    assert "took a suggestion back" in shown(mine.get("/sharing/reads/"))
    assert "answered" not in shown(theirs.get("/care/inbox/"))
    for said in ("accepted", "declined"):
        answer(mine, a_goal, said)
    assert proposed(grant)[0].answer == "back" and goals_of(grant) == []
    late = answer(mine, a_goal, "changed", **WORDS)
    assert late.status_code == 409 and kept_words(late) and "took this proposal back meanwhile" in shown(late)


def test_whoever_answers_first_is_not_taken_back(mine, theirs, grant, connection, a_goal):
    answer(mine, a_goal)
    done = back(theirs, connection, a_goal)
    assert "had answered already" in shown(theirs.get(done.url))
    assert "took a suggestion back" not in shown(mine.get("/sharing/reads/"))  # for it did not happen
    assert proposed(grant)[0].answer == "accepted" and len(goals_of(grant)) == 1


def test_a_page_that_was_taken_back_is_not_in_the_report(theirs, grant, connection, consent):
    propose(theirs, connection, "page", key=PAGE)
    title = proposed(grant)[0].title
    assert title in shown(theirs.get(f"/care/p/{connection.pk}/report/"))
    back(theirs, connection, proposed(grant)[0])
    assert title not in shown(theirs.get(f"/care/p/{connection.pk}/report/"))


def test_a_proposal_of_another_connection_is_absent(theirs, grant, person, consent, connection, organisation):
    other = Connection.objects.create(person=person, membership=make_counselor("another", organisation))
    row = put(person, grant, Proposal(connection=other, kind="goal"), title="walk", why="it helped")
    assert back(theirs, connection, row).status_code == 404
    assert proposed(grant)[0].answer == ""


def test_an_odd_answer_is_asked_again(mine, grant, a_goal):
    page = answer(mine, a_goal, "maybe")
    assert page.status_code == 422 and "Choose one of the answers below." in shown(page)
    assert proposed(grant)[0].answer == ""


def test_what_the_library_has_no_more_cannot_be_taken(mine, person, grant, connection, consent):
    row = put(person, grant, Proposal(connection=connection, kind="page", key="P99"), title="An old page", why="It was good.")
    page = mine.get(f"/sharing/proposals/{row.pk}/")
    assert "does not have this any more" in shown(page) and "accepted" not in page.content.decode()
    assert answer(mine, row).status_code == 422
    with pytest.raises(acts.NotThere):
        acts.accept(grant, person, grant.open_one(row), timezone.now())
    assert proposed(grant)[0].answer == "" and not Reading.objects.for_grant(grant).exists()
    answer(mine, row, "declined")
    assert proposed(grant)[0].answer == "declined"


def test_sent_twice_it_is_one_proposal_also_after_the_answer(mine, theirs, grant, connection, consent):
    data = {"id": new_id(), "key": PAGE}
    propose(theirs, connection, "page", **data)
    answer(mine, proposed(grant)[0])
    theirs.get(f"/care/p/{connection.pk}/goals/")
    propose(theirs, connection, "page", **data)
    assert [one.answer for one in proposed(grant)] == ["accepted"]


def test_nobody_else_answers_or_sees_it(theirs, stranger, client_of, grant, a_goal):
    for client in (client_of(stranger), theirs):
        assert client.get(f"/sharing/proposals/{a_goal.pk}/").status_code == 404
        assert answer(client, a_goal).status_code == 404
    assert proposed(grant)[0].answer == ""


def test_today_shows_what_came_and_answers_in_place(mine, theirs, person, grant, connection, a_goal):
    put(person, grant, Message(connection=connection, from_counselor=True), text="a word for you")
    Review.objects.create(connection=connection)
    page = shown(mine.get("/today/"))
    assert "A walk after dinner" in page and "Evenings are hard, you wrote." in page
    assert "Maria Lopez wrote to you" in page and "a word for you" not in page
    assert "Maria Lopez looked through this with you on" in page
    part = mine.post(f"/sharing/proposals/{a_goal.pk}/", {"answer": "accepted"}, headers={"HX-Request": "true"})
    assert part.status_code == 200 and "It is your goal now." in shown(part) and "<html" not in part.content.decode()
    mine.get(f"/sharing/{connection.pk}/messages/")
    page = shown(mine.get("/today/"))
    assert "A walk after dinner" not in page and "wrote to you" not in page and "looked through this" in page


def test_an_old_session_stands_on_today_no_more(mine, connection, consent):
    Review.objects.create(connection=connection, at=timezone.now() - timedelta(days=4))
    assert "looked through this" not in shown(mine.get("/today/"))


def test_somebody_elses_things_do_not_stand_on_my_today(mine, stranger, grant_of, counselor):
    other = Connection.objects.create(person=stranger, membership=counselor)
    put(stranger, grant_of(stranger), Message(connection=other, from_counselor=True), text="for meadow")
    put(stranger, grant_of(stranger), Proposal(connection=other, kind="page", key=PAGE), title="For meadow", why="Why.")
    Review.objects.create(connection=other)
    page = shown(mine.get("/today/"))
    assert "For meadow" not in page and "Maria Lopez" not in page


def test_goals_and_today_cost_the_same_with_one_of_each_and_with_many(mine, theirs, person, grant, connection, consent):
    counted = []
    for times in (1, 4):
        for _ in range(times):
            begin(grant, person, counts_strategy=STRATEGY, counts_target=3, at=timezone.now())
            put(person, grant, Proposal(connection=connection, kind="page", key=PAGE), title="A page", why="Why.")
            put(person, grant, Message(connection=connection, from_counselor=True), text="hello")
            Review.objects.create(connection=connection)
        for client, path in ((mine, "/today/"), (theirs, f"/care/p/{connection.pk}/goals/")):
            client.get(path)  # the library is held in memory from now on
            with CaptureQueriesContext(database) as seen:
                assert "A page" in shown(client.get(path))
            counted.append(len(seen))
    assert counted[:2] == counted[2:] and counted[0] == 6 + 3


def test_words_for_a_proposal_that_is_gone_come_back(mine, grant, a_goal):
    Proposal.objects.for_grant(grant).update(deleted_at=timezone.now())
    page = answer(mine, a_goal, "changed", **WORDS)
    assert page.status_code == 404 and kept_words(page)
    assert "Nothing was sent" not in shown(answer(mine, a_goal, "accepted"))


def test_choosing_another_kind_takes_what_was_typed_along(theirs, connection, consent):
    at, typed = f"/care/p/{connection.pk}/propose/", {"title": "A walk", "why": "Evenings are hard.", "due_on": "2026-12-24"}
    kinds = theirs.post(at, {"kind": "goal", "other": "1"} | typed)
    assert kinds.status_code == 200 and carried(kinds) == {"begin": "1"} | typed
    page = theirs.post(at, carried(kinds) | {"kind": "page"})
    assert "Evenings are hard." in page.content.decode() and carried(page)["title"] == "A walk"
    goal = theirs.post(at, {"begin": "1", "kind": "goal"} | typed).content.decode()
    assert all(text in goal for text in typed.values())


def test_a_beginning_that_the_door_refuses_gives_the_words_back(theirs, person, connection, consent):
    consents.stop(person, connection.pk, timezone.now())
    page = theirs.post(f"/care/p/{connection.pk}/propose/", {"begin": "1", "kind": "page", "why": "Evenings are hard."})
    assert page.status_code == 404 and "Evenings are hard." in shown(page)
