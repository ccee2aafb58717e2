"""What one's own questions answer: the same numbers in sentence and table, in every branch."""

import pytest

from journal.figures.answers import answers_table, compared, summary
from journal.insights.asking import Choice, answer, contrast
from journal.insights.observations import DayRating, Period
from journal.insights.time_of_week import Part
from tests.journal.figures.test_sentences import NAMES, not_allowed
from tests.journal.insights.making import craving, day

PERIOD = Period(day(0), day(59))


def asked(cravings=(), days=(), noted=None, period=PERIOD, **choice):
    return answer(Choice(**choice), period, cravings, days, noted or {})


def rated_days(values):
    return asked(days=[DayRating(day(at), craving=value) for at, value in enumerate(values)])


def mostly(*values):
    return asked([craving(at, before=value) for at, value in enumerate(values)])


SENTENCES = {
    "none": (lambda: summary(mostly()), "No craving is logged here."),
    "one": (lambda: summary(mostly(4)), "1 craving is logged here, its strength 4."),
    "alike": (lambda: summary(mostly(4, 4, 4)), "3 cravings are logged here, their strength mostly 4."),
    "many": (lambda: summary(mostly(2, 4, 6, 8)), "4 cravings are logged here, their strength mostly between 2 and 6."),
    "too few days": (
        lambda: compared(contrast(rated_days([9] * 7), rated_days([1] * 30))),
        "Both need eight days with a craving rating before they can be compared.",
    ),
    "the same": (
        lambda: compared(contrast(rated_days([4, 5] * 15), rated_days([5, 4] * 15))),
        "Craving was about the same in both: 4.5 and 4.5 on average (30 and 30 days). A smaller difference can be chance.",
    ),
    "higher": (
        lambda: compared(contrast(rated_days([7, 8] * 15), rated_days([2, 3] * 15))),
        "Craving was higher in the first: 7.5 and 2.5 on average (30 and 30 days). This does not show why.",
    ),
    "lower": (
        lambda: compared(contrast(rated_days([2, 3] * 15), rated_days([7, 8] * 15))),
        "Craving was lower in the first: 2.5 and 7.5 on average (30 and 30 days). This does not show why.",
    ),
}


@pytest.mark.parametrize("branch", SENTENCES)
def test_every_branch_says_its_numbers(branch):
    make, said = SENTENCES[branch]
    assert make() == said
    assert not_allowed([said]) <= {
        "here",
        "its",
        "their",
        "they",
        "strength",
        "need",
        "compared",
        "smaller",
        "difference",
        "first",
    }


def test_the_middle_half_of_the_sentence_is_the_tables():
    one = mostly(1, 3, 5, 7, 9)
    rows = dict(answers_table([one], NAMES).rows)
    assert rows["Cravings noticed"] == 5 and rows["Their strength, middle"] == "5"
    assert rows["Their strength, mostly"] in summary(one)


def test_the_table_names_what_was_named_most_often_and_knows_gaps():
    one = asked([craving(triggers=["stress"]), craving(triggers=["stress", "x"]), craving()])
    rows = dict(answers_table([one], NAMES).rows)
    assert rows["Named most often"].startswith("Stress (2 of 2)")
    assert rows["Mood that day, middle (1 to 5)"] == "–"


def test_a_difference_of_half_a_point_is_none_however_many_days():
    assert not contrast(rated_days([4, 5] * 500), rated_days([4] * 1000)).differs


def test_a_strong_difference_of_wild_days_can_be_chance():
    found = contrast(rated_days([0, 10, 0, 10, 0, 10, 0, 10]), rated_days([2, 10, 2, 10, 2, 10, 2, 10]))
    assert found.difference == -1 and not found.differs


@pytest.mark.parametrize(
    ("choice", "kept"),
    [({}, 3), ({"trigger": "x"}, 1), ({"part": Part.NIGHT}, 1), ({"weekday": 0}, 2), ({"weekday": 0, "part": Part.NIGHT}, 0)],
)
def test_what_is_chosen_is_all_of_what_was_asked(choice, kept):
    cravings = [craving(0, 12, triggers=["x"]), craving(1, 2), craving(7, 12)]
    assert len(asked(cravings, **choice).cravings) == kept


def test_only_days_of_the_period_count():
    one = asked(
        [craving(at) for at in range(9)], [DayRating(day(at), craving=1) for at in range(9)], period=Period(day(2), day(4))
    )
    assert (len(one.cravings), len(one.days)) == (3, 3)
