"""All ten insights of one person for some days: what was logged, as figures, with links to what can be done."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from accounts.grants import Grant
from journal.figures.examples import MAKERS
from journal.figures.figure import Figure
from journal.figures.life import no_scores, scores_figure
from journal.figures.steps import steps_figure
from journal.insights.observations import Period
from journal.insights.scores import scores
from journal.models import Marker
from journal.observing import asides, figures, observe
from journal.words import Words, words_for
from recovery_site.building import built_and_weeks
from recovery_site.insights.joined import built_figure, example_built, example_steps

# The order a page tells them in.
ORDER = ("craving", "coping", "named", "time", "days", "together", "steps", "year", "scores", "built")
MARKED = ("craving", "together")
EXAMPLES: dict[str, Callable[[], Figure]] = {**MAKERS, "steps": example_steps, "built": example_built}


@dataclass(frozen=True)
class Gathered:
    """The figures of a period, and where patterns were looked for."""

    figures: list[Figure]
    pattern: Period
    words: Words


def gather(grant: Grant, person: Any, period: Period, today: date) -> Gathered:
    """Every figure, in order; an example where too little is logged. Six queries; seven over many years."""
    words = words_for(grant)
    seen = observe(grant, period)
    triggers = {key: word.name for key, word in words.triggers.items()}
    strategies = {key: word.name for key, word in words.strategies.items()}
    markers = grant.open(Marker.objects.for_grant(grant).kept().between(period.first, period.last).order_by("local_day", "pk"))
    changes = [row for row in markers if not row.instrument]
    found = {figure.key: figure for figure in figures(seen, triggers, strategies, today, [row.local_day for row in changes])}
    found["scores"] = scored(markers)
    for key in MARKED:
        found[key] = replace(found[key], asides=asides(changes))
    found |= {figure.key: figure for figure in _joined(grant, person, period)}
    return Gathered([found[key] for key in ORDER], seen.pattern, words)


def with_example(figure: Figure) -> Figure:
    """The figure, with a made-up picture where its own would be empty."""
    return _example(figure.key, get_language()).as_example(figure.needs) if figure.needs else figure


@lru_cache(maxsize=64)
def _example(key: str, _language: str | None) -> Figure:
    return EXAMPLES[key]()


def scored(markers: Sequence[Any]) -> Figure:
    """The questionnaire with the most scores in the period."""
    given = [(row.instrument, row.local_day, row.score) for row in markers if row.instrument]
    by_count = sorted(scores(given), key=lambda one: -len(one.scores))
    return scores_figure(by_count[0]) if by_count else no_scores()


def _joined(grant: Grant, person: Any, period: Period) -> Iterator[Figure]:
    made, weeks = built_and_weeks(grant, person, period)
    yield steps_figure(weeks)
    yield built_figure(made, period)
