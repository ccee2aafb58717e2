"""What I have built: counts that only grow."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Built:
    """How many times each thing was done in some days."""

    check_ins: int = 0
    check_in_days: int = 0
    cravings_noticed: int = 0
    strategies_used: int = 0
    entries: int = 0
    steps_done: int = 0
    goals_done: int = 0
    pages_finished: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was done."""
        return self == Built()
