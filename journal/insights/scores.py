"""Scores of questionnaires over time, beside the bands their authors gave.

PHQ-9: bands 5, 10, 15, 20 and a change of 5 (Kroenke, Spitzer and Williams 2001). GAD-7: 5, 10, 15 and 4 (Spitzer and others
2006). WHO-5, 0-100, more is better: at most 50 is low, at most 28 very low, a change of 10 (Topp and others 2015).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from journal.insights.observations import Missing, lacking

LEAST_SCORES = 2


@dataclass(frozen=True)
class Instrument:
    """A questionnaire: its name, highest score, where bands begin (the first at 0), and the change that means something."""

    key: str
    name: str
    most: int
    bands: tuple[int, ...]
    change: int
    more_is_better: bool = False


INSTRUMENTS = {
    one.key: one
    for one in (
        Instrument("phq-9", "PHQ-9", 27, (0, 5, 10, 15, 20), 5),
        Instrument("gad-7", "GAD-7", 21, (0, 5, 10, 15), 4),
        Instrument("who-5", "WHO-5", 100, (0, 29, 51), 10, more_is_better=True),
    )
}


@dataclass(frozen=True, order=True)
class Score:
    """A total on a day."""

    day: date
    total: int


@dataclass(frozen=True)
class Scores:
    """One questionnaire's scores, oldest first."""

    instrument: Instrument
    scores: tuple[Score, ...]
    missing: tuple[Missing, ...]

    @property
    def change(self) -> int:
        """The last score minus the first."""
        return self.scores[-1].total - self.scores[0].total

    @property
    def is_meaningful(self) -> bool:
        """Whether the change is as large as the authors ask for."""
        return abs(self.change) >= self.instrument.change


def band_of(instrument: Instrument, total: int) -> int:
    """The place of the band a score is in; 0 is the lowest."""
    return sum(total >= start for start in instrument.bands) - 1


def scores(given: Iterable[tuple[str, date, int]]) -> list[Scores]:
    """Scores (instrument, day, total) by instrument; unknown instruments are left out."""
    found: dict[str, set[Score]] = {}
    for key, day, total in given:
        if key in INSTRUMENTS:
            found.setdefault(key, set()).add(Score(day, total))
    return [
        Scores(INSTRUMENTS[key], tuple(sorted(found[key])), lacking(("scores", len(found[key]), LEAST_SCORES)))
        for key in INSTRUMENTS
        if key in found
    ]
