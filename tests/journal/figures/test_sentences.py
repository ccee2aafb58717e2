"""Every sentence says what its picture and table say, in every branch, and never why."""

import re
from collections import Counter
from datetime import date

import pytest

from goals.progress import WeekOfSteps
from journal.figures.craving import craving_figure
from journal.figures.examples import MAKERS
from journal.figures.life import no_scores, scores_figure, together_figure, year_figure
from journal.figures.patterns import differences_figure, named_figure, time_figure
from journal.figures.steps import steps_figure
from journal.figures.ways import average_sentence, coping_figure, fell, strategy_sentence
from journal.insights.built import Built
from journal.insights.coping import coping
from journal.insights.differences import BAD_SLEEP, differences
from journal.insights.mosaic import mosaic
from journal.insights.named import named_triggers
from journal.insights.observations import DayRating, Period
from journal.insights.over_time import over_time
from journal.insights.scores import scores
from journal.insights.time_of_week import time_of_week
from journal.insights.together import together
from journal.insights.weekly import flag
from recovery_site.insights.joined import built_figure, example_built, example_steps
from tests.journal.insights.making import craving, day, rated
from tests.journal.insights.test_coping import uses
from tests.journal.insights.test_patterns import days_with, week_of_cravings

NAMES = {"x": "poor sleep", "y": "noise", "stress": "Stress", "payday": "Payday", "a": "Calling someone", "b": "Walking"}
MONTH = Period(day(0), day(27))
BASE = "3545354" * 8


def line_figure(text, today=None, flagged=None):
    period = Period(day(0), day(len(text) - 1))
    return craving_figure(over_time(rated(text), period), flagged, today or period.last)


def flagged(text):
    return flag([(one.day, one.craving) for one in rated(text)], day(63))


def difference(with_rating, without_rating):
    return differences_figure(differences(*days_with(with_rating, without_rating)), NAMES)


def bad_nights():
    days = [DayRating(day(at), craving=8 if at % 2 else 3, sleep=1 if at % 2 else 3) for at in range(24)]
    return differences_figure(differences(days, {}), NAMES)


def ways(first, second, n=15):
    return coping_figure(coping([*uses("a", first * n), *uses("b", second * n)]), NAMES)


def named(**times):
    return named_figure(named_triggers([craving(triggers=[key]) for key, n in times.items() for _ in range(n)]), NAMES)


def mixed_week():
    """Eight weeks of noons, two or six."""
    return [craving(at, 13, 2 if at % 2 else 6) for at in range(56)]


def moods(values, year=2026):
    return year_figure(mosaic([DayRating(date(year, 1, at + 1), mood=value) for at, value in enumerate(values)], year))


# Every branch of wording, and the sentences it gives.
BRANCHES = {
    "no rating": (lambda: line_figure("x" * 20), "In the last 14 days there is no rating."),
    "one rating": (lambda: line_figure("x" * 19 + "4"), "In the last 14 days there is 1 rating. From five on, this says more."),
    "some ratings": (
        lambda: line_figure("x" * 17 + "484"),
        "In the last 14 days there are 3 ratings. From five on, this says more.",
    ),
    "one level": (lambda: line_figure("x" * 9 + "44444"), "In the last 14 days your ratings were mostly 4 (5 ratings)."),
    "two stretches": (
        lambda: line_figure("2626262xxxxxxx" + "5xx5xx8xx8xx9x"),
        "In the last 14 days your ratings were mostly between 5 and 8 (5 ratings). The 14 days before: between 2 and 6 (7 ratings).",
    ),
    "a short period": (
        lambda: line_figure("1234567"),
        "In the last 7 days your ratings were mostly between 2 and 6 (7 ratings).",
    ),
    "a period of the past": (
        lambda: line_figure("1" * 14, today=day(400)),
        "In the 14 days up to 15 March 2026 your ratings were mostly 1 (14 ratings).",
    ),
    "a higher week": (
        lambda: line_figure(BASE + "7777777", flagged=flagged(BASE + "7777777")),
        "In the last 14 days your ratings were mostly between 4 and 7 (14 ratings). The 14 days before: between 3 and 5 (14 ratings). In the week from 27 April 2026 your ratings were higher than in the eight weeks before: about 7 (7 days), usually 4.1 (56 days). Weeks differ for many reasons.",
    ),
    "a lower week": (
        lambda: line_figure(BASE + "1111111", flagged=flagged(BASE + "1111111")),
        "In the last 14 days your ratings were mostly between 1 and 4 (14 ratings). The 14 days before: between 3 and 5 (14 ratings). In the week from 27 April 2026 your ratings were lower than in the eight weeks before: about 1 (7 days), usually 4.1 (56 days). Weeks differ for many reasons.",
    ),
    "a strong time": (
        lambda: time_figure(time_of_week(week_of_cravings())),
        "Highest on Friday evenings: about 8, from 8 ratings.",
    ),
    "a time that may be chance": (
        lambda: time_figure(
            time_of_week([*mixed_week(), *[craving(7 * at + 4, 21, value) for at, value in enumerate((8, 6, 8))]])
        ),
        "Highest on Friday evenings: about 6, from 3 ratings. With so few ratings this can be chance.",
    ),
    "no strong time": (
        lambda: time_figure(time_of_week(week_of_cravings(4))),
        "No time of the week stands out: about 4 on average, from 64 ratings.",
    ),
    "one trigger first": (lambda: named(stress=7, payday=4), "Stress was named in 7 of 11 cravings."),
    "two triggers first": (
        lambda: named(stress=6, payday=6),
        "Payday and Stress were named most often, each in 6 of 12 cravings.",
    ),
    "no trigger": (named, "No trigger is noted yet."),
    "higher with": (
        lambda: difference(7, 3),
        "On days you noted poor sleep, craving was higher (7 and 3; 12 and 12 days). This does not show why.",
    ),
    "lower with": (
        lambda: difference(2, 5),
        "On days you noted poor sleep, craving was lower (2 and 5; 12 and 12 days). This does not show why.",
    ),
    "bad nights": (
        bad_nights,
        "On days you noted a bad night, craving was higher (8 and 3; 12 and 12 days). This does not show why.",
    ),
    "no difference": (lambda: difference(4, 4), "No clear pattern yet, in 1 thing you noted."),
    "nothing to compare": (
        lambda: differences_figure(differences([], {}), NAMES),
        "No clear pattern yet, in 0 things you noted.",
    ),
    "one way apart": (
        lambda: ways([6, 7], [1, 2], 20),
        "After “Calling someone” craving fell about 6 (40 times); after everything you rated, it fell about 4 (80 times).",
    ),
    "too close": (
        lambda: ways([2], [2]),
        "After “Calling someone” craving fell about 2 (15 times); after everything you rated, it fell about 2 (30 times). The two are too close to tell apart yet.",
    ),
    "it rose": (
        lambda: ways([-1], [-2]),
        "After “Calling someone” craving rose about 1.2 (15 times); after everything you rated, it rose about 1.5 (30 times). The two are too close to tell apart yet.",
    ),
    "it stayed": (
        lambda: ways([0], [0]),
        "After “Calling someone” craving stayed the same (15 times); after everything you rated, it stayed the same (30 times). The two are too close to tell apart yet.",
    ),
    "too few uses": (
        lambda: ways([3], [1], 3),
        "Nothing stands out yet: after everything you rated, it fell about 2 (6 times).",
    ),
    "three lines": (
        lambda: together_figure(together([DayRating(day(at), 3, 4, 2) for at in range(9)], MONTH), MONTH),
        "Your three lines, same dates: 9 days with a check-in.",
    ),
    "one day": (
        lambda: together_figure(together([DayRating(day(0), 3)], MONTH), MONTH),
        "Your three lines, same dates: 1 day with a check-in.",
    ),
    "a year": (lambda: moods([1, 3, 5]), "You noted your mood on 3 days of 2026."),
    "a year of a day": (lambda: moods([4]), "You noted your mood on 1 day of 2026."),
    "a clear change": (
        lambda: scores_figure(scores([("phq-9", day(0), 14), ("phq-9", day(60), 9)])[0]),
        "PHQ-9 was 14 on 2 March 2026 and 9 on 1 May 2026. That is a clear change: 5 points or more.",
    ),
    "no clear change": (
        lambda: scores_figure(scores([("gad-7", day(0), 9), ("gad-7", day(60), 12)])[0]),
        "GAD-7 was 9 on 2 March 2026 and 12 on 1 May 2026. A clear change would be 4 points or more.",
    ),
    "one score": (lambda: scores_figure(scores([("who-5", day(0), 40)])[0]), "WHO-5 was 40 on 2 March 2026."),
    "no score": (no_scores, "No score is noted in these days."),
    "a week of steps": (
        lambda: steps_figure([WeekOfSteps(day(0), 5, 4)]),
        "In the week from 2 March 2026, 4 of 5 planned steps are done.",
    ),
    "a week of one step": (
        lambda: steps_figure([WeekOfSteps(day(0), 1, 0)]),
        "In the week from 2 March 2026, 0 of 1 planned step is done.",
    ),
    "no step": (lambda: steps_figure([]), "No step is planned for a week yet."),
    "built": (
        lambda: built_figure(Built(check_ins=1, strategies_used=14, goals_done=2), MONTH),
        "From 2 March 2026 to 29 March 2026: 1 check-in, a way to cope used 14 times and 2 goals done.",
    ),
    "built nothing": (lambda: built_figure(Built(), MONTH), "Nothing is logged in these days."),
}


@pytest.mark.parametrize("branch", BRANCHES)
def test_every_branch_says_its_numbers(branch):
    make, said = BRANCHES[branch]
    assert " ".join(make().sentences) == said


def test_short_sentences_for_one_way_to_cope():
    found = coping([*uses("a", [3] * 16), *uses("b", [5]), *uses("c", [5, 4])])
    assert strategy_sentence(found, "a", "Walk") == "After “Walk” craving fell about 3.1 (16 times)."
    assert strategy_sentence(found, "b", "Call") == "“Call”: rated 1 time before and after. Not enough to say yet."
    assert strategy_sentence(found, "c", "Sing") == "“Sing”: rated 2 times before and after. Not enough to say yet."
    assert strategy_sentence(found, "d", "Never") == ""
    assert average_sentence(found) == "After everything you rated, craving fell about 3.3 (19 times)."
    assert average_sentence(coping([])) == ""
    assert [fell(points) for points in (1.26, -2.0, 0.04)] == ["fell about 1.3", "rose about 2", "stayed the same"]


# Every verb a sentence may use; none of them says that one thing brings about another.
VERBS = {"is", "are", "was", "were", "would", "be", "can", "have", "say", "says", "show", "named", "noted", "rated", "fell", "rose",
         "stayed", "stands", "differ", "tell", "planned", "done", "used", "logged", "read", "takes", "does", "noticed"}  # fmt: skip
OTHER_WORDS = frozenset(
    """
    a about after and apart as average before between both by chance change check-in check-ins clear close come cope
    craving cravings dates day days each eight else enough entries entry every everything few five for from goal goals
    higher highest in it journal last less lines lower many mood more most mostly no not nothing of often on or out page
    pages pattern points question rating ratings reasons same score so step steps than that the then there these thing
    things this three time times to too trigger two up usually way week weeks why with yet you your
    """.split()  # noqa: SIM905
)
NAMED = {"days", "poor", "sleep", "noise", "stress", "payday", "calling", "someone", "walking", "bad", "night", "phq", "gad", "who", "walk",
         "friday", "evenings", "january", "february", "march", "april", "may", "june", "feeling", "stressed", "boredom", "call", "go",
         "all", "mornings"}  # fmt: skip


def not_allowed(said):
    """Words that no sentence of the insights may use."""
    words = {word for sentence in said for word in re.findall(r"[a-z]+(?:-[a-z]+)*", sentence.lower())}
    return words - VERBS - OTHER_WORDS - NAMED


def test_no_sentence_says_why():
    said = [sentence for make, _words in BRANCHES.values() for sentence in make().sentences]
    said += [sentence for make in MAKERS.values() for sentence in make().sentences]
    said += [*example_steps().sentences, *example_built().sentences]
    assert not_allowed(said) == set()
    assert not VERBS & {"because", "leads", "causes", "improves", "triggers", "helps", "makes", "reduces", "prevents"}


def words_in(figure):
    return [str(cell) for row in figure.table.rows for cell in row]


def test_the_table_holds_what_the_line_draws():
    figure = line_figure("4x4444x4")
    assert [row[:3] for row in figure.table.rows][-1] == ("9 March 2026", 4, "4")
    assert (
        len(figure.table.rows)
        == str(figure.picture).count("h0") - str(figure.picture).split('c-line" d="')[1].split('"')[0].count("h0")
        == 6
    )


def test_the_heatmap_draws_the_numbers_of_its_table():
    figure = time_figure(time_of_week(week_of_cravings()))
    drawn = Counter(re.findall(r'class="c-n\d" [^>]*>(\d+)<', str(figure.picture)))
    assert drawn == Counter(f"{float(row[2]):.0f}" for row in figure.table.rows if row[2] != "–")


def test_bars_are_as_long_as_their_numbers():
    figure = named(stress=9, payday=3)
    widths = [float(w) for w in re.findall(r'c-bar" x="0" y="\d+" width="([\d.]+)"', str(figure.picture))]
    assert [row[1] for row in figure.table.rows] == ["9 of 12", "3 of 12"]
    assert widths[0] == 3 * widths[1] == 195


def test_dots_hold_every_day():
    figure = difference(7, 3)
    assert figure.table.rows[0] == ("poor sleep", 12, 12, "7", "3", "yes")
    assert str(figure.picture).count("<circle") == 2


def test_slopes_and_estimates_are_those_of_the_table():
    figure = ways([6, 7], [1, 2], 20)
    drawn = re.findall(r">(-?[\d.]+)</text>", str(figure.picture))
    assert [row[3] for row in figure.table.rows] == [number.removesuffix(".0") for number in drawn[:2]] == ["6", "2"]
    assert figure.table.rows[0][:3] == ("Calling someone", 40, "6.5")


def test_the_year_draws_every_noted_day_once():
    figure = moods([1, 2, 3, 4, 5])
    outlines = str(figure.picture).split('c-cell" d="')[1].split('"')[0]
    assert (outlines.count("z"), figure.table.rows) == (5, (("January", 1, 1, 1, 1, 1),))


def test_bricks_and_steps_are_counted():
    figure = built_figure(Built(check_ins=30, entries=480), MONTH)
    bricks = [part.split('"')[0].count("z") for part in str(figure.picture).split('c-brick" d="')[1:]]
    assert (bricks, dict(figure.table.rows)["Journal entries"]) == ([3, 48], 480)
    assert figure.how.startswith("A brick stands for up to 10 of them.")
    assert steps_figure([WeekOfSteps(day(0), 5, 4)]).table.rows == (("2 March 2026", "4 of 5"),)


def test_a_score_stands_in_its_band():
    figure = scores_figure(scores([("phq-9", day(0), 14), ("phq-9", day(60), 9)])[0])
    assert [row[1:] for row in figure.table.rows] == [(14, "moderate"), (9, "mild")]


def test_names_are_escaped_in_pictures_and_tables():
    rows = named_triggers([craving(triggers=["stress"])] * 12)
    figure = named_figure(rows, {"stress": '<b>"loud" & me</b>'})
    for markup in (str(figure.picture), str(figure.table.html)):
        assert "<b>" not in markup
        assert "&lt;b&gt;" in markup


def test_examples_have_enough_and_are_called_examples():
    for make in MAKERS.values():
        assert make().needs == ()
    figure = MAKERS["named"]().as_example(["This takes 10."])
    assert (figure.is_example, figure.about) == (True, ())


def test_a_bad_night_has_no_page_of_its_own():
    assert bad_nights().about == ()
    assert BAD_SLEEP not in NAMES
