"""A made-up diary, always the same for the same name: for the demo and for measuring. Pure: rows as plain values."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

OPENINGS = [
    "Slept in bits.",
    "Better morning than I thought.",
    "The bus was late and I was not.",
    "Rain all day.",
    "Long shift.",
    "Quiet one.",
    "Met Sam at the park.",
    "The clinic was quick today.",
]
MIDDLES = [
    "I kept my phone in the kitchen and it helped.",
    "I wanted to call an old number and called my sister instead.",
    "We argued about money and I left the room before it got loud.",
    "I cooked. It was only pasta, but it was hot.",
    "I walked the long way home, past the river, not past the corner.",
    "Group was honest tonight. I said one true thing.",
    "My back hurt and I noticed how quickly my head went there.",
    "I sat with it. It came up, stayed a while, and went down.",
]
ENDINGS = [
    "Tomorrow: dishes, then the form.",
    "Early night.",
    "I am a bit proud.",
    "I do not know yet.",
    "One thing at a time.",
    "Call the housing office before ten.",
]
TRIGGERS = ["argument", "poor-sleep", "boredom", "loneliness", "payday", "pain-flare", "low", "worry", "old-places"]
STRATEGIES = ["ride-the-wave", "call-my-person", "slow-breathing", "move-my-body", "delay", "leave-now"]


@dataclass(frozen=True)
class Log:
    """One made-up log: its kind, day and time, plain values and words."""

    kind: str
    day: date
    at: time
    values: dict[str, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


@dataclass
class Diary:
    """How one made-up person keeps a diary: ratings drift, about 30 % of days are missing, bad nights pull craving up."""

    name: str
    triggers: list[str]
    strategies: list[str]
    cravings_a_day: float = 0.7
    entries_a_day: float = 0.35
    kept_days: float = 0.72

    def logs(self, first: date, last: date) -> Iterator[Log]:
        """Logs from `first` to `last`, oldest first."""
        dice = random.Random(f"daybook {self.name}")
        level, day, span = 6.0, first, max((last - first).days, 1)
        while day <= last:
            level = min(9, max(1, level + dice.gauss(0, 0.6) - 2.2 / span))
            if dice.random() < self.kept_days:
                yield from self._day(dice, day, level)
            day += timedelta(days=1)

    def _day(self, dice: random.Random, day: date, level: float) -> Iterator[Log]:
        sleep = dice.choices([1, 2, 3], [25, 45, 30])[0]
        craving = _clip(level + (1.5 if sleep == 1 else 0) + dice.gauss(0, 1.2), 0, 10)
        yield self._check_in(dice, day, craving, sleep)
        for _ in range(_times(dice, self.cravings_a_day)):
            yield self._craving(dice, day, craving)
        for _ in range(_times(dice, self.entries_a_day)):
            yield self._entry(dice, day)

    def _check_in(self, dice: random.Random, day: date, craving: int, sleep: int) -> Log:
        mood = _clip(6 - craving * 0.4 + dice.gauss(0, 0.8), 1, 5)
        note = dice.choice(OPENINGS) if dice.random() < 0.3 else ""
        medication = dice.choices(["yes", "no", "na", ""], [70, 6, 4, 20])[0]
        values = {"mood": mood, "craving": craving, "sleep": sleep, "medication": medication}
        return Log("check-in", day, time(dice.randint(7, 10), dice.randint(0, 59)), values, {"note": note})

    def _craving(self, dice: random.Random, day: date, craving: int) -> Log:
        intensity = _clip(craving + dice.gauss(1, 1.5), 1, 10)
        done = dice.sample(self.strategies, dice.choices([0, 1, 2], [20, 60, 20])[0])
        after = _clip(intensity - len(done) * dice.uniform(0.5, 3), 0, 10) if dice.random() < 0.7 else None
        outcome = "" if after is None else "passed" if after <= 1 else "eased" if after < intensity else "still"
        values = {"intensity": intensity, "intensity_after": after, "outcome": outcome, "strategies": done}
        values["triggers"] = dice.sample(self.triggers, dice.choices([1, 2, 3], [60, 30, 10])[0])
        note = dice.choice(MIDDLES) if dice.random() < 0.4 else ""
        return Log("craving", day, time(dice.randint(11, 23), dice.randint(0, 59)), values, {"note": note})

    def _entry(self, dice: random.Random, day: date) -> Log:
        values = {"triggers": dice.sample(self.triggers, 1) if dice.random() < 0.5 else []}
        if dice.random() < 0.6:
            words = {"went_well": dice.choice(MIDDLES), "what_next": dice.choice(ENDINGS)}
        else:
            parts = [dice.choice(OPENINGS), *dice.sample(MIDDLES, dice.randint(1, 4)), dice.choice(ENDINGS)]
            words = {"title": dice.choice(OPENINGS).rstrip("."), "body": " ".join(parts)}
        return Log("entry", day, time(dice.randint(18, 22), dice.randint(0, 59)), values, words)


def _clip(value: float, least: int, most: int) -> int:
    return int(min(most, max(least, round(value))))


def _times(dice: random.Random, mean: float) -> int:
    return int(mean) + (dice.random() < mean - int(mean))
