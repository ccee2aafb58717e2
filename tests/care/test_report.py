"""The progress report on the page: what it says, by what is shared, and what it never says."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AccessRecord
from care import texts
from care.actions import consents
from care.models import Proposal, Statement
from goals.models import Goal, Step
from journal.models import CheckIn, Craving, Entry, Lapse, Marker, OwnWord, PlanLine
from tests.care.conftest import put, sign
from tests.care.sharing import shown

LONG = (
    "This record which has been disclosed to you is protected by Federal confidentiality rules (42 CFR part 2). These rules prohibit you "
    "from using or disclosing this record, or testimony that describes the information contained in this record, in any civil, criminal, "
    "administrative, or legislative proceedings by any Federal, State, or local authority, against the patient, unless authorized by the "
    "consent of the patient, except as provided at 42 CFR 2.12(c)(5) or as authorized by a court in accordance with 42 CFR 2.64 or 2.65. In "
    "addition, the Federal rules prohibit you from making any other use or disclosure of this record unless at least one of the following "
    "applies: (i) Further use or disclosure is expressly permitted by the written consent of the individual whose information is being "
    "disclosed in this record or as otherwise permitted by 42 CFR part 2. (ii) You are a covered entity or business associate and have "
    "received the record for treatment, payment, or health care operations, or (iii) You have received the record from a covered entity or "
    "business associate as permitted by 45 CFR part 164, subparts A and E. A general authorization for the release of medical or other "
    "information is NOT sufficient to meet the required elements of written consent to further use or redisclose the record (see 42 CFR "
    "2.31)."
)  # fmt: skip
SHORT = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
SECRETS = ("entry-secret", "lapse-secret", "plan-secret", "note-secret", "why-secret", "agenda-secret")


@pytest.fixture
def diary(person, grant):
    """Ten days of check-ins, sixteen cravings that a walk helped with, a goal, and things that no report may say."""
    for n in range(10):
        put(person, grant, CheckIn(mood=1 + n % 5, craving=n, sleep=1 + n % 3), n, note="note-secret")
    walk = put(person, grant, OwnWord(kind="strategy"), 60, name="the long walk")
    for n in range(16):
        put(person, grant, Craving(intensity=8, intensity_after=5, strategies=[str(walk.pk)], triggers=["argument"]), n % 9)
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday() + 7)
    goal = put(person, grant, Goal(life_skill="communication"), 20, title="Call my sister", why="why-secret")
    put(person, grant, Step(goal=goal, planned_week=monday, done_at=timezone.now()), 20, wording="Find the number")
    put(person, grant, Step(goal=goal, planned_week=monday), 20, wording="Dial")
    put(person, grant, Marker(), 5, label="New medicine")
    put(person, grant, Entry(), 1, body="entry-secret")
    put(person, grant, Lapse(), 1, note="lapse-secret")
    put(person, grant, PlanLine(part="reasons"), 1, text="plan-secret")


def page(client, connection, query="", status=200):
    answer = client.get(f"/care/p/{connection.pk}/report/{query}")
    assert answer.status_code == status
    return answer.content.decode()


def test_steps_of_a_goal_from_before_the_shared_days_are_not_counted(person, grant, theirs, connection):
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday() + 7)
    goal = put(person, grant, Goal(life_skill="communication"), 60, title="Kept back")
    put(person, grant, Step(goal=goal, planned_week=monday, done_at=timezone.now()), 5, wording="younger than its goal")
    sign(grant, person, connection, {"goals": (timezone.localdate() - timedelta(days=20)).isoformat()})
    assert "planned step" not in page(theirs, connection)


def test_everything_shared_is_said_and_nothing_else(diary, theirs, connection, consent):
    text = page(theirs, connection)
    for words in ("River", "Maria Lopez", "Harbor Clinic", "to prepare and hold our sessions", "10 of 90 days have a check-in (11%)",
                  "River checked in on 10 of 90 days.", "Craving was rated on 10 days, from 0 to 9 of 10; the middle is 4.5.",
                  "16 cravings were logged, and something was done in 16 of them.", "1 of 2 planned steps are done", "Call my sister",
                  "How has craving been?", "What helps in the moment?", "How are my goals going?", "the long walk", "New medicine",
                  "In my own words"):  # fmt: skip
        assert words in text, words
    assert text.count("<svg") - text.count('svg class="icon"') == 3
    assert [word for word in SECRETS if word in text] == [] and "river" not in text.replace("River", "")


@pytest.mark.parametrize(
    "scopes, there, missing",
    [
        ({"check-ins": ""}, ["checked in on 10"], ["How has craving been?", "Call my sister", "cravings were logged", "the long walk"]),
        ({"check-ins": "", "insights": ""}, ["How has craving been?"], ["What helps in the moment?", "How are my goals going?"]),
        ({"cravings": "", "insights": ""}, ["What helps in the moment?", "the long walk"], ["checked in on", "How has craving been?"]),
        ({"cravings": ""}, ["16 cravings were logged", "the long walk"], ["What helps in the moment?"]),
        ({"goals": "", "insights": ""}, ["Call my sister", "How are my goals going?"], ["How has craving been?", "cravings were logged"]),
        ({"goals": ""}, ["Call my sister"], ["How are my goals going?", "New medicine"]),
        ({"plan": "", "lapses": "", "entries": ""}, ["Shared by consent"], ["In short", "Charts", "Goals</h2>", "Ways to cope"]),
    ],
)  # fmt: skip
def test_each_part_needs_its_own_category(scopes, there, missing, diary, theirs, person, grant, connection):
    sign(grant, person, connection, scopes)
    text = page(theirs, connection)
    assert [words for words in there if words not in text] == []
    assert [words for words in missing if words in text] == []
    assert [word for word in SECRETS if word in text] == []


def test_only_shared_days_count(diary, theirs, person, grant, connection):
    first = timezone.now() - timedelta(days=4)
    sign(grant, person, connection, {"check-ins": first.date().isoformat()})
    text = page(theirs, connection)
    assert "have a check-in (100%)" in text and "Check-ins are shared from" in text


def test_under_seven_check_ins_there_is_coverage_and_no_chart(theirs, person, grant, connection, consent):
    for n in range(6):
        put(person, grant, CheckIn(mood=3, craving=4), n)
    text = page(theirs, connection, "?p=30")
    assert "6 of 30 days have a check-in (20%)" in text and "they need at least 7 days" in text
    assert "How has craving been?" not in text and 'svg class="chart"' not in text
    put(person, grant, CheckIn(mood=3, craving=4), 7)
    assert "How has craving been?" in page(theirs, connection, "?p=30")


def test_a_pause_reads_as_if_nothing_was_written(diary, theirs, person, connection, consent):
    consents.pause(person, connection.pk, timezone.now())
    text = page(theirs, connection)
    assert "River checked in on 0 of 90 days." in text and "No craving was logged" in text and "paus" not in text.lower()


def test_the_notices_are_the_laws_own_words(diary, theirs, connection, consent, organisation):
    assert (texts.NOTICE_LONG, texts.NOTICE_SHORT) == (LONG, SHORT)
    text = page(theirs, connection)
    assert LONG in text and SHORT in text and "Check-ins (all of them, earlier ones too)" in text
    organisation.is_part2 = False
    organisation.save()
    text = page(theirs, connection)
    assert "42 CFR" not in text and "Check-ins (all of them, earlier ones too)" in text


@pytest.mark.parametrize(
    "query, says",
    [
        ("?p=own&from=2026-02-30&to=2026-03-01", "Choose a first and a last day."),
        ("?p=own", "Choose a first and a last day."),
        ("?p=own&from=2026-03-02&to=2026-03-01", "The first day comes after the last one."),
        ("?p=own&from=2024-01-01&to=2026-03-01", "A report covers a year at most."),
        ("?p=own&from=0019-01-01&to=2026-03-01", "Check the year of these days."),
        ("?p=own&from=2999-01-01&to=2999-03-01", "These days have not come yet."),
    ],
)
def test_bad_days_get_a_plain_message_and_the_latest_90(query, says, theirs, connection, consent):
    text = page(theirs, connection, query, 422)
    assert says in text and "of 90 days have a check-in" in text


def test_own_days_are_taken_and_told_to_the_person(diary, theirs, person, connection, consent):
    first = (timezone.localdate() - timedelta(days=40)).isoformat()
    last = (timezone.localdate() - timedelta(days=30)).isoformat()
    assert "0 of 11 days have a check-in" in page(theirs, connection, f"?p=own&from={first}&to={last}")
    line = AccessRecord.objects.about(person.pk).filter(action="read").last()
    assert (line.page, str(line.first_day), str(line.last_day)) == ("report", first, last)
    assert line.categories == "check-ins contact cravings goals insights"


def test_a_comment_is_shown_and_kept_nowhere(diary, theirs, connection, consent):
    answer = theirs.post(f"/care/p/{connection.pk}/report/", {"comment": "Good <b>work</b>", "p": "30"})
    text = answer.content.decode()
    assert answer.status_code == 200 and text.count("Good &lt;b&gt;work&lt;/b&gt;") == 2  # in the report, and to go on writing
    assert "of 30 days" in text and "Good" not in page(theirs, connection)


def test_a_comment_that_is_too_long_is_given_back(theirs, connection, consent):
    answer = theirs.post(f"/care/p/{connection.pk}/report/", {"comment": "word " * 500, "p": "30"})
    assert answer.status_code == 422 and "word word" in answer.content.decode()


def test_the_version_changes_with_what_it_says(diary, theirs, person, grant, connection, consent):
    def version(text):
        return text.split('class="keep">')[1].split("<")[0]

    before = version(page(theirs, connection))
    assert before == version(page(theirs, connection)) and len(before) == 12
    put(person, grant, CheckIn(mood=1, craving=10), 12)
    assert version(page(theirs, connection)) != before


def test_a_suggested_page_is_listed_with_the_answer(theirs, person, grant, connection, consent):
    put(person, grant, Proposal(connection=connection, kind="page", key="craving", answer="accepted"), 3)
    put(person, grant, Proposal(connection=connection, kind="strategy", key="ride-the-wave"), 3, title="not a page")
    text = page(theirs, connection)
    assert "Pages suggested in these days" in text and ": accepted</li>" in text and "not a page" not in text


def test_a_report_costs_the_same_whatever_was_logged(diary, theirs, person, grant, connection, consent):
    page(theirs, connection)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(database) as seen:
            page(theirs, connection)
        counts.append(
            len([q for q in seen.captured_queries if not q["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"))])
        )
        for n in range(30):
            put(person, grant, Craving(intensity=5, triggers=["low"], strategies=["delay"]), n)
            put(person, grant, Goal(life_skill="communication"), n, title="Another")
        if len(counts) == 1:
            put(person, grant, Statement(connection=connection), text="Steady.")
    assert counts[0] == counts[1] <= 15


@pytest.mark.parametrize("address", ["report/", "report/pdf/"])
def test_a_refused_report_gives_the_comment_back_and_says_no_more_than_absent(address, theirs, person, connection, consent):
    consents.stop(person, connection.pk, timezone.now())
    data = {"id": str(uuid.uuid4()), "comment": "A long look back."}
    refused, absent = (theirs.post(f"/care/p/{one}/{address}", data) for one in (connection.pk, uuid.uuid4()))
    assert refused.status_code == absent.status_code == 404
    assert "A long look back." in shown(refused) and refused.content == absent.content
    plain, nobody = (theirs.post(f"/care/p/{one}/{address}", {"comment": " "}) for one in (connection.pk, uuid.uuid4()))
    assert plain.status_code == 404 and "Nothing was sent" not in shown(plain) and plain.content == nobody.content
