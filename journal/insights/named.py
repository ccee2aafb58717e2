"""What comes with cravings? How often each trigger was named, most often first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from journal.insights.observations import CravingObservation, Missing, lacking
from journal.insights.ratings import wilson

LEAST_CRAVINGS = 10


@dataclass(frozen=True)
class Named:
    """A trigger's key, in how many of the cravings with a trigger it was named, and an 80 % interval of that share."""

    key: str
    times: int
    of: int
    share: tuple[float, float]


@dataclass(frozen=True)
class NamedTriggers:
    """Triggers by how often they were named; `n` cravings named at least one."""

    n: int
    named: tuple[Named, ...]
    missing: tuple[Missing, ...]


def named_triggers(cravings: Iterable[CravingObservation]) -> NamedTriggers:
    """Count triggers over the cravings that name any."""
    with_any = [set(one.triggers) for one in cravings if one.triggers]
    n = len(with_any)
    counts = Counter(key for keys in with_any for key in keys)
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rows = tuple(Named(key, times, n, wilson(times, n)) for key, times in order)
    return NamedTriggers(n, rows, lacking(("cravings with a trigger", n, LEAST_CRAVINGS)))
