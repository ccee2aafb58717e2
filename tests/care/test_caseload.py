"""The caseload: who stands on it, what each row says, and in which order."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AccessRecord
from care.actions import consents, memberships
from care.caseload import Level, level
from care.models import Connection, FlagMark, Proposal, Review
from goals.models import Goal, Step
from journal.models import CheckIn, Lapse
from tests.care.case import NOTICE, counted, days_of, life, own_grant, put, shares, shown, today_of, writes
from tests.care.conftest import care_client, make_counselor, sign

DAY = timedelta(days=1)
NAMES = ("Aspen", "Birch", "Cedar")


def rows(answer):
    """The table as text: a list of cells for each row, by name."""
    found = {}
    for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", answer.content.decode(), re.DOTALL):
        cells = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        found[cells[0]] = cells[1:]
    return found


def order(answer):
    return list(rows(answer))


@pytest.fixture
def three(counselor):
    """Three people who share everything, by name."""
    return {name: shares(name.lower(), counselor, shown_name=name) for name in NAMES}


def test_a_row_says_what_there_is(person, grant, connection, consent, theirs):
    days_of(person, grant, "3" * 56 + "8888888", mood=4)
    goal = put(person, grant, Goal(life_skill="communication"), 1, title="g")
    monday = today_of(person) - today_of(person).weekday() * DAY
    put(person, grant, Step(goal=goal, planned_week=monday, done_at=timezone.now()), wording="a")
    put(person, grant, Step(goal=goal, planned_week=monday), wording="b")
    put(person, grant, Step(goal=goal, planned_week=monday - 7 * DAY), wording="c")
    writes(person, connection)
    put(person, grant, Proposal(connection=connection, kind="page", answer="accepted", answered_at=timezone.now()), title="x")
    Review.objects.create(connection=connection, next_on=today_of(person) + 3 * DAY)
    last = today_of(person) - DAY
    answer = theirs.get("/care/")
    [cells] = rows(answer).values()
    soon = today_of(person) + 3 * DAY
    # Six of the last seven days, and the first of the eight weeks before them, are eights: 3 * 55 + 8 over 56.
    craving = "8 vs 3.1 ↑ higher"
    assert cells[1:8] == [f"{soon.day} {soon:%b}", f"{last.day} {last:%b}", "13", craving, "4 vs 4 = same", "1/2", "2"]
    assert "river" not in answer.content.decode()


def test_nobody_is_listed_who_does_not_share_now(person, connection, consent, counselor, theirs, three):
    away = {"Aspen": "stop", "Birch": "expire"}
    for name, how in away.items():
        who, link = three[name]
        if how == "stop":
            consents.stop(who, link.pk, timezone.now())
        else:
            now = timezone.now()
            link.consents.update(starts_at=now - 3 * DAY, signed_at=now - 3 * DAY, ends_at=now)
    answer = theirs.get("/care/")
    assert order(answer) == ["Cedar", "River"] and "2 people share with you." in shown(answer)


def test_a_paused_person_looks_like_one_without_entries(person, grant, connection, consent, theirs, three):
    life(person, grant, connection)
    consents.pause(person, connection.pk, timezone.now())
    found = rows(theirs.get("/care/"))
    assert found["River"] == found["Aspen"]


@pytest.mark.parametrize(("scopes", "cells"), [
    ({"goals": ""}, {"last": "–", "craving": "–", "steps": "1/2"}),
    ({"check-ins": ""}, {"days": "14", "craving": "–", "steps": "–"}),
    ({"check-ins": "", "insights": ""}, {"days": "14", "craving": "3.4", "steps": "–"}),
])  # fmt: skip
def test_a_row_has_only_what_is_shared(person, grant, connection, theirs, scopes, cells):
    life(person, grant, connection)
    sign(grant, person, connection, scopes)
    [found] = rows(theirs.get("/care/")).values()
    places = {"last": 2, "days": 3, "craving": 4, "mood": 5, "steps": 6}
    assert all(found[places[name]].startswith(said) for name, said in cells.items()), found
    assert "return to use" not in " ".join(found)


def test_steps_of_a_goal_from_before_the_shared_days_are_not_counted(person, grant, connection, theirs):
    goal = put(person, grant, Goal(life_skill="communication"), 30, title="g")
    monday = today_of(person) - today_of(person).weekday() * DAY
    put(person, grant, Step(goal=goal, planned_week=monday), wording="later than its goal")
    sign(grant, person, connection, {"goals": (today_of(person) - 5 * DAY).isoformat()})
    [cells] = rows(theirs.get("/care/")).values()
    assert cells[6] == "–"


def test_those_who_need_a_look_come_first_then_the_next_session_then_the_name(counselor, theirs, three):
    _zoe, zoe_link = shares("zoe", counselor, shown_name="Zoe")
    assert order(theirs.get("/care/")) == ["Aspen", "Birch", "Cedar", "Zoe"]
    Review.objects.create(connection=zoe_link, next_on=timezone.localdate() + 2 * DAY)
    Review.objects.create(connection=three["Cedar"][1], next_on=timezone.localdate() + 5 * DAY)
    assert order(theirs.get("/care/")) == ["Zoe", "Cedar", "Aspen", "Birch"]
    birch, _link = three["Birch"]
    put(birch, own_grant(birch), Lapse(), 1)
    put(
        three["Cedar"][0],
        own_grant(three["Cedar"][0]),
        Goal(life_skill="x", status="done", closed_at=timezone.now()),
        9,
        title="g",
    )
    assert order(theirs.get("/care/")) == ["Birch", "Cedar", "Zoe", "Aspen"]


def test_a_flag_that_was_answered_calls_nobody_any_more(counselor, theirs, three):
    birch, link = three["Birch"]
    lapse = put(birch, own_grant(birch), Lapse(), 1)
    assert rows(theirs.get("/care/"))["Birch"][0] == "Soon return to use shared"
    FlagMark.objects.create(connection=link, rule="return-to-use", key=str(lapse.pk), mark="seen")
    assert rows(theirs.get("/care/"))["Birch"][0] == ""


def test_an_old_flag_is_gone(counselor, theirs, three):
    birch, _link = three["Birch"]
    lapse = put(birch, own_grant(birch), Lapse(), 1)
    Lapse.objects.for_grant(own_grant(birch)).filter(pk=lapse.pk).update(created_at=timezone.now() - 15 * DAY)
    assert rows(theirs.get("/care/"))["Birch"][0] == ""


@pytest.mark.parametrize(("sort", "expected"), [
    ("name", "ABC"), ("-name", "CBA"), ("next", "CAB"), ("-next", "ACB"), ("last", "BCA"), ("-last", "CBA"), ("days", "ABC"),
    ("waiting", "BAC"), ("until", "ABC"), ("nonsense", "CAB"), ("-", "CAB"), ("'; drop", "CAB"),
])  # fmt: skip
def test_columns_sort_and_nothing_else_does(theirs, three, sort, expected):
    for name, days in (("Aspen", 5), ("Cedar", 2)):
        Review.objects.create(connection=three[name][1], next_on=timezone.localdate() + days * DAY)
    for name, ago in (("Birch", 3), ("Cedar", 2)):
        put(three[name][0], own_grant(three[name][0]), CheckIn(mood=3), ago)
    put(three["Cedar"][0], own_grant(three["Cedar"][0]), CheckIn(mood=3), 6)
    writes(*three["Birch"])
    answer = theirs.get("/care/", {"sort": sort})
    assert "".join(name[0] for name in order(answer)) == expected


def test_who_has_nothing_to_sort_by_comes_last_either_way(theirs, three):
    for name, text in (("Aspen", "3" * 56 + "9999999"), ("Cedar", "9" * 56 + "3333333")):
        days_of(three[name][0], own_grant(three[name][0]), text)
    assert order(theirs.get("/care/?sort=craving")) == ["Aspen", "Cedar", "Birch"]
    assert order(theirs.get("/care/?sort=-craving")) == ["Cedar", "Aspen", "Birch"]


def test_filters_show_a_part_and_count_the_whole(theirs, three):
    writes(*three["Birch"])
    put(three["Aspen"][0], own_grant(three["Aspen"][0]), Lapse(), 1)
    put(three["Aspen"][0], own_grant(three["Aspen"][0]), CheckIn(mood=3), 4)
    put(three["Cedar"][0], own_grant(three["Cedar"][0]), CheckIn(mood=3), 5)
    parts = {"look": ["Aspen"], "waiting": ["Birch"], "quiet": ["Birch", "Cedar"], "all": ["Aspen", "Birch", "Cedar"]}
    for shown_part, names in parts.items():
        answer = theirs.get("/care/", {"show": shown_part})
        assert order(answer) == names, shown_part
        assert "Everybody (3)" in shown(answer) and "No check-in lately (2)" in shown(answer)


def test_an_address_holds_no_words_of_a_person(theirs, three):
    addresses = re.findall(r'href="(/care/[^"]*|\?[^"]*)"', theirs.get("/care/").content.decode())
    assert addresses and not any(name.lower() in one.lower() for one in addresses for name in NAMES)


def test_the_empty_caseload_shows_how_to_begin(counselor, theirs):
    text = shown(theirs.get("/care/"))
    assert "Nobody shares with you yet" in text and "Make a code" in text
    assert 'href="/care/invite/"' in theirs.get("/care/").content.decode()


def test_only_who_works_there_has_a_caseload(person, counselor, mine, consent, theirs, organisation):
    assert mine.get("/care/").status_code == 404
    assert "/care/organisation/" not in theirs.get("/care/").content.decode()
    admin = make_counselor("ann", organisation, role="admin")
    answer = care_client(admin.person).get("/care/")
    assert "/care/organisation/" in answer.content.decode() and "River" not in shown(answer)
    memberships.leave(counselor, timezone.now())
    assert theirs.get("/care/").status_code == 404


def test_the_notice_and_that_no_flag_means_no_risk_stand_under_the_list(organisation, consent, theirs):
    text = shown(theirs.get("/care/"))
    assert NOTICE in text and "No flag does not mean no risk." in text
    organisation.is_part2 = False
    organisation.save()
    assert NOTICE not in shown(theirs.get("/care/"))


def test_everybody_can_read_that_the_list_was_looked_at(person, consent, theirs, three):
    theirs.get("/care/")
    for who in (person, *(one for one, _link in three.values())):
        line = AccessRecord.objects.about(who.pk).filter(page="caseload").get()
        assert set(line.categories.split()) == {"check-ins", "lapses", "goals", "insights", "contact"}
        assert (line.last_day - line.first_day).days == 104


def test_two_clocks_two_todays(counselor, theirs):
    """Each person's days are counted by their own clock, whatever the others' day is."""
    for name, tz in (("Apia", "Pacific/Apia"), ("Pago", "Pacific/Pago_Pago")):
        who, _link = shares(name.lower(), counselor, shown_name=name, tz=tz)
        days_of(who, own_grant(who), "3" * 14, ends=0)
    found = rows(theirs.get("/care/"))
    assert found["Apia"][3] == found["Pago"][3] == "14"


def test_of_several_answers_on_a_day_the_last_given_stands(person, grant, connection, consent, theirs):
    for hours, craving in ((3, 9), (2, None), (1, 2)):
        row = CheckIn(craving=craving)
        row.person_id = person.pk
        put(person, grant, row, hours / 24_000)
    [cells] = rows(theirs.get("/care/")).values()
    assert cells[4] == "2" and cells[3] == "1"


def test_what_one_connection_does_not_share_another_does_not_show(person, grant, organisation, counselor, connection, theirs):
    """The same two people over two places of work: each row opens what its own consent opens."""
    life(person, grant, connection)
    sign(grant, person, connection, {"goals": ""}, shown_name="Narrow")
    second = make_second(counselor, organisation)
    other = shares_again(person, second)
    sign(grant, person, other, shown_name="Wide")
    found = rows(theirs.get("/care/"))
    assert found["Narrow"][2] == "–" and found["Narrow"][0] == ""
    assert found["Wide"][3] == "14" and "return to use shared" in found["Wide"][0]


def make_second(counselor, organisation):
    return type(counselor).objects.create(
        organisation=organisation, person=counselor.person, role="supervisor", shown_name="Maria", verified_at=timezone.now()
    )


def shares_again(person, membership):
    return Connection.objects.create(person=person, membership=membership)


def test_a_level_is_said_only_with_enough_days():
    assert level([None] * 7 + [3] * 56, 1.0) is None
    assert level([4, None, None, None, None, None, None] + [3] * 56, 1.0) == Level(4, None, 1.0)
    assert level([4, 4, 4, 4, None, None, None] + [3] * 20 + [None] * 36, 1.0) == Level(4, 3, 1.0)
    assert level([4, 4, 4, 4, None, None, None] + [3] * 19 + [None] * 37, 1.0).usual is None
    assert [Level(now, 3, 1.0).direction for now in (4, 3.9, 2.1, 2)] == [1, 0, 0, -1]


@pytest.mark.parametrize("people", [1, 30])
def test_it_costs_the_same_with_one_person_and_with_thirty(people, counselor, theirs):
    for at in range(people):
        who, link = shares(f"p{at}", counselor, shown_name=f"P{at}")
        own = own_grant(who)
        for ago in range(3):
            put(who, own, CheckIn(mood=3, craving=4), ago)
        put(who, own, Lapse(), 1)
        goal = put(who, own, Goal(life_skill="x"), 20, title="g")
        put(who, own, Step(goal=goal), 20, wording="s")
        writes(who, link)
        Review.objects.create(connection=link, next_on=timezone.localdate())
    assert counted(theirs, "/care/") <= 10
