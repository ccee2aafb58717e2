"""The record in plain words: every action has a sentence, and dates are said as one says them."""

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from accounts.models import AccessRecord
from care.telling import Clock, Names, sentence, span, when

NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)  # a Friday, noon in New York
CONSENT, COUNSELOR = uuid.uuid4(), uuid.uuid4()
NAMES = Names({CONSENT: "Maria Lopez"}, {COUNSELOR: "Maria Lopez"})
CLOCK = Clock("America/New_York", "return to use", NOW)


@dataclass(frozen=True)
class Line:
    action: str = "read"
    categories: str = "cravings check-ins contact"
    page: str = "overview"
    at: datetime = datetime(2026, 11, 17, 19, 2, tzinfo=UTC)
    first_day: date | None = None
    last_day: date | None = None
    consent_id: uuid.UUID | None = CONSENT
    actor_id: uuid.UUID = COUNSELOR


def told(names=NAMES, clock=CLOCK, **values):
    return sentence(replace(Line(), **values), names, clock)


def test_a_look_says_who_at_what_of_which_days_and_when():
    said = told(first_day=date(2026, 11, 12), last_day=date(2026, 11, 19))
    assert said == "Maria Lopez looked at your check-ins and cravings, 12 to 19 November, on Tuesday 14:02."


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"action": "account-opened"}, "You opened your account"),
        ({"action": "exported"}, "You downloaded all your records"),
        ({"action": "recovered"}, "A new password was set with your recovery code"),
        ({"action": "code-made"}, "You made a new recovery code"),
        ({"action": "account-closed"}, "You closed your account"),
        ({"action": "bin-emptied"}, "What had been in your bin for 30 days was removed"),
        ({"action": "consented"}, "You let Maria Lopez see your check-ins and cravings"),
        ({"action": "consent-undone"}, "You took back what you had signed for Maria Lopez, before it began"),
        ({"action": "consent-narrowed"}, "You made what Maria Lopez sees smaller, to your check-ins and cravings"),
        ({"action": "consent-changed"}, "You changed what you signed for Maria Lopez, who sees the same as before"),
        ({"action": "consent-paused"}, "You paused the sharing with Maria Lopez"),
        ({"action": "consent-resumed"}, "You let the sharing with Maria Lopez go on"),
        ({"action": "consent-revoked"}, "You stopped the sharing with Maria Lopez"),
        ({"action": "read"}, "Maria Lopez looked at your check-ins and cravings"),
        ({"action": "wrote", "page": "messages", "categories": "contact"}, "Maria Lopez wrote to you"),
        ({"action": "printed"}, "Maria Lopez made a report from your check-ins and cravings"),
        ({"action": "refused", "consent_id": None}, "Maria Lopez wanted to look and was refused"),
    ],
)
def test_every_action_has_a_sentence(values, said):
    assert told(**values) == f"{said}, on Tuesday 14:02."


def test_no_action_is_forgotten():
    [mark] = test_every_action_has_a_sentence.pytestmark
    assert {values["action"] for values, _said in mark.args[1]} == set(AccessRecord.Action.values)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"categories": "contact"}, "Maria Lopez looked at what you wrote to each other, and at none of your records"),
        ({"action": "wrote", "page": "comment", "categories": "goals contact"}, "Maria Lopez wrote a comment, about your goals"),
        ({"action": "wrote", "page": "propose", "categories": "contact"}, "Maria Lopez suggested something to you"),
        ({"action": "wrote"}, "Maria Lopez wrote to you, about your check-ins and cravings"),
        ({"categories": ""}, "Maria Lopez looked at what you wrote to each other, and at none of your records"),
        ({"categories": "goals", "page": "caseload"}, "Maria Lopez looked at the list of everybody who shares, with your goals"),
        (
            {"categories": "plan lapses entries insights"},
            "Maria Lopez looked at your returns to use, plan, insights and shown journal entries",
        ),
        ({"action": "refused", "categories": ""}, "Maria Lopez wanted to look and was refused"),
        (
            {"action": "refused", "categories": "goals contact"},
            "Maria Lopez asked for something that is not shown or is gone, and saw nothing",
        ),
        ({"action": "refused", "consent_id": None, "actor_id": uuid.uuid4()}, "Somebody who may not look was refused"),
        ({"action": "100%s", "consent_id": None}, "100%s"),
    ],
)
def test_odd_lines(values, said):
    assert told(**values) == f"{said}, on Tuesday 14:02."


@pytest.mark.parametrize(
    ("word", "said"), [("return to use", "returns to use"), ("lapse", "lapses"), ("slip", "slips"), ("relapse", "relapses")]
)
def test_the_word_is_the_persons_own(word, said):
    assert told(clock=replace(CLOCK, lapse_word=word), categories="lapses").startswith(f"Maria Lopez looked at your {said},")


def test_who_is_unknown_is_not_made_up():
    assert told(names=Names()).startswith("A counselor looked at your")
    assert told(names=Names(by_actor={COUNSELOR: "Ash Reed"})).startswith("Ash Reed looked")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 20, 16, 59, tzinfo=UTC), "today 11:59"),
        (datetime(2026, 11, 20, 4, 59, tzinfo=UTC), "on Thursday 23:59"),
        (datetime(2026, 11, 14, 12, 0, tzinfo=UTC), "on Saturday 07:00"),
        (datetime(2026, 11, 13, 12, 0, tzinfo=UTC), "on 13 November, 07:00"),
        (datetime(2025, 11, 13, 12, 0, tzinfo=UTC), "on 13 November 2025, 07:00"),
        (datetime(2026, 11, 21, 12, 0, tzinfo=UTC), "on 21 November, 07:00"),
    ],
)
def test_moments_are_said_by_the_persons_clock(at, said):
    assert when(at, "America/New_York", NOW) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 12), date(2026, 11, 19), "12 to 19 November"),
        (date(2026, 10, 28), date(2026, 11, 3), "28 October to 3 November"),
        (date(2025, 12, 28), date(2026, 1, 3), "28 December 2025 to 3 January"),
        (date(2025, 11, 1), date(2025, 11, 3), "1 to 3 November 2025"),
        (date(2026, 11, 12), date(2026, 11, 12), "of 12 November"),
    ],
)
def test_days_are_said_as_one_says_them(first, last, said):
    assert span(first, last, NOW.date()) == said
