"""All ten insights of one person for some days: what was logged, as figures, with links to what can be done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.grants import Grant
from goals.models import Step
from goals.progress import weeks_of_steps
from journal.figures.examples import MAKERS
from journal.figures.figure import Figure
from journal.insights.observations import Period
from journal.observing import figures, observe
from journal.words import Words, words_for
from recovery_site.building import built
from recovery_site.insights.joined import built_figure, example_built, example_steps, steps_figure

# The order a page tells them in.
ORDER = ("craving", "coping", "named", "time", "days", "together", "steps", "year", "scores", "built")
EXAMPLES: dict[str, Callable[[], Figure]] = {**MAKERS, "steps": example_steps, "built": example_built}


@dataclass(frozen=True)
class Gathered:
    """The figures of a period, and where patterns were looked for."""

    figures: list[Figure]
    pattern: Period
    words: Words


def gather(grant: Grant, person: Any, period: Period, today: date) -> Gathered:
    """Every figure, in order; an example where too little is logged. Seven queries, eight over many years."""
    words = words_for(grant)
    seen = observe(grant, period)
    triggers = {key: word.name for key, word in words.triggers.items()}
    strategies = {key: word.name for key, word in words.strategies.items()}
    found = {figure.key: figure for figure in figures(seen, triggers, strategies, today, [])}
    found |= {figure.key: figure for figure in _joined(grant, person, period)}
    ordered = [found[key] for key in ORDER if key in found]
    return Gathered([with_example(figure) for figure in ordered], seen.pattern, words)


def with_example(figure: Figure) -> Figure:
    """The figure, with a made-up picture where its own would be empty."""
    return EXAMPLES[figure.key]().as_example(figure.needs) if figure.needs else figure


def _joined(grant: Grant, person: Any, period: Period) -> Iterator[Figure]:
    plans = Step.objects.for_grant(grant).of_goals().filter(planned_week__range=(period.first, period.last))
    yield steps_figure(weeks_of_steps((week, done is not None) for week, done in plans.values_list("planned_week", "done_at")))
    yield built_figure(built(grant, person, period), period)
