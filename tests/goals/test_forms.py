"""What a form takes, and the plain words with which it gives something back."""

from datetime import date

import pytest

from goals.forms import GoalForm, LookBackForm, StepForm
from library.models import CopingStrategy
from library.shelf import forget
from tests.goals.rows import NOON

TODAY = date(2026, 11, 20)
RLM = "אני רוצה \u200fללכת"


@pytest.fixture(autouse=True)
def library(db):
    """Choices come from the library."""


def form(**data):
    return GoalForm({"title": "Call my sister"} | data, today=TODAY)


def error(bound, field):
    assert not bound.is_valid()
    return " ".join(bound.errors[field])


def test_a_title_is_enough():
    bound = form()
    assert bound.is_valid(), bound.errors
    values = bound.columns(["breathe"])
    assert values == {
        "life_skill": "",
        "target_on": None,
        "counts_strategy": "",
        "counts_target": None,
        "strategies": ["breathe"],
    }


def test_without_a_title_it_says_what_to_do():
    assert error(form(title="  "), "title") == "Write what you want to do. A few words are enough."


@pytest.mark.parametrize(("field", "most"), [("title", 200), ("why", 2000), ("first_step", 200), ("if_part", 300)])
def test_text_has_a_length_that_is_said_and_nothing_is_cut(field, most):
    assert form(**{field: "x" * most}).is_valid()
    bound = form(**{field: "x" * (most + 1)})
    assert f"The most we can keep is {most:,}" in error(bound, field)
    assert bound[field].value() == "x" * (most + 1)


def test_control_characters_are_taken_out_and_said():
    bound = form(why="be\x00cause\x07")
    assert "cannot be shown" in error(bound, "why")
    assert bound["why"].value() == "because"


@pytest.mark.parametrize("text", ["Call 📞 👩‍👧", RLM, "naïve ‘quotes’"])
def test_emoji_and_right_to_left_text_stay_as_they_are(text):
    bound = form(title=text)
    assert bound.is_valid()
    assert bound.words()["title"] == text


def test_a_title_is_one_line():
    bound = form(title="Call\r\nmy  sister")
    assert bound.is_valid()
    assert bound.words()["title"] == "Call my sister"


@pytest.mark.parametrize(("day", "fine"), [("2026-11-20", True), ("2027-01-01", True), ("2026-11-19", False), ("3 May", False)])
def test_the_day_to_aim_for_is_not_in_the_past(day, fine):
    assert form(target_on=day).is_valid() == fine


def test_a_passed_day_says_what_to_do():
    assert "Choose today or a later day, or leave it empty." in error(form(target_on="2026-11-19"), "target_on")


def test_a_goal_whose_day_passed_can_still_be_changed():
    bound = GoalForm(
        {"title": "x", "target_on": "2026-11-01"}, today=TODAY, is_edit=True, initial={"target_on": date(2026, 11, 1)}
    )
    assert bound.is_valid()


@pytest.mark.parametrize("number", ["0", "1000", "-3", "two", "9" * 30])
def test_a_number_out_of_range_says_the_range(number):
    message = "Write a number from 1 to 999, or leave it empty."
    assert error(form(counts_target=number, counts_strategy="call-my-person"), "counts_target") == message


def test_a_number_needs_something_to_count():
    assert "Choose what to count" in error(form(counts_target="5"), "counts_strategy")


def test_what_is_counted_joins_the_strategies_once():
    bound = form(counts_target="5", counts_strategy="call-my-person")
    assert bound.is_valid()
    assert bound.columns(["slow-breathing", "call-my-person"])["strategies"] == ["slow-breathing", "call-my-person"]
    assert bound.columns([])["strategies"] == ["call-my-person"]


@pytest.mark.parametrize(("field", "message"), [("life_skill", "part of life"), ("counts_strategy", "from the list")])
def test_unknown_words_of_the_library_are_refused(field, message):
    assert message in error(form(**{field: "no-such-word"}), field)


@pytest.mark.parametrize("slug", ["no-such-template", "not a slug!", "x" * 61])
def test_an_unknown_template_is_said_once_and_then_let_go_of(slug):
    bound = form(template=slug)
    assert error(bound, "template") == "We do not have this template. Save again to keep the goal as your own."
    assert GoalForm(bound.data, today=TODAY).is_valid()


def test_a_retired_word_is_offered_only_where_it_is_chosen():
    CopingStrategy.objects.filter(slug="call-my-person").update(retired_at=NOON)
    forget()
    assert not form(counts_strategy="call-my-person").is_valid()
    chosen = {"counts_strategy": "call-my-person"}
    assert GoalForm({"title": "x"} | chosen, today=TODAY, is_edit=True, initial=chosen).is_valid()


def test_a_step_needs_words():
    assert "A few words are enough" in error(StepForm({"wording": ""}), "wording")


@pytest.mark.parametrize("choice", ["", "shame"])
def test_a_look_back_needs_one_of_three_answers(choice):
    bound = LookBackForm({"choice": choice, "note": "It was hard."})
    assert "Choose one" in error(bound, "choice")
    assert bound["note"].value() == "It was hard."


@pytest.mark.parametrize("key", ["", "not-an-id"])
def test_a_broken_id_loses_no_text(key):
    bound = StepForm({"wording": "Call", "id": key})
    assert bound.is_valid()
    assert bound.cleaned_data["id"].version == 7
