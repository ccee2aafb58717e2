"""Flags in words: what is seen, by which rule, with which numbers, and what could be asked about. Never what it means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from care.flags import Flag, Rule, Urgency
from care.models import FlagMark
from journal.figures.figure import day, number
from library.shelf import shelf

NO_FLAG = gettext_lazy("No flag does not mean no risk.")
URGENCIES = {
    Urgency.SOON: gettext_lazy("Soon"),
    Urgency.NEXT_SESSION: gettext_lazy("Next session"),
    Urgency.REACH_OUT: gettext_lazy("Reach out"),
    Urgency.TALK: gettext_lazy("Talk about it"),
    Urgency.SAY: gettext_lazy("Say something"),
}
# Short, for a list; the first is in the word that the person uses.
SHORT = {
    Rule.LAPSE: gettext_lazy("%(lapse)s shared"),
    Rule.CALL: gettext_lazy("asked for a call"),
    Rule.CRAVING: gettext_lazy("craving higher"),
    Rule.MOOD: gettext_lazy("mood lower"),
    Rule.QUIET: gettext_lazy("no check-ins"),
    Rule.STUCK: gettext_lazy("goal stuck"),
    Rule.CALMER: gettext_lazy("craving lower"),
    Rule.BRIGHTER: gettext_lazy("mood higher"),
    Rule.REACHED: gettext_lazy("goal reached"),
}
_WEEKLY = gettext_lazy(
    "Asked once a week, on Monday. It is told when a week’s average is 1.5 points or more away from the eight weeks before, and "
    "chance is unlikely (z of 2.33), or 1 point or more two weeks running (z of 1.64)."
)
RULES = {
    Rule.LAPSE: gettext_lazy("The person wrote it down and shares it."),
    Rule.CALL: gettext_lazy("The person tapped “please call me”."),
    Rule.CRAVING: _WEEKLY,
    Rule.MOOD: _WEEKLY,
    Rule.CALMER: _WEEKLY,
    Rule.BRIGHTER: _WEEKLY,
    Rule.QUIET: gettext_lazy(
        "From 14 check-ins on: no check-in for longer than four days, and for longer than 95 of 100 gaps of this person. "
        "Silence says little about craving or mood."
    ),
    Rule.STUCK: gettext_lazy("No step was done or added in 14 days."),
    Rule.REACHED: gettext_lazy("The person closed the goal as done."),
}
ACTS = {
    Rule.LAPSE: gettext_lazy("Make contact, kindly. Check overdose safety first: less tolerance now, naloxone, not alone."),
    Rule.CALL: gettext_lazy("Call, or say when you will."),
    Rule.CRAVING: gettext_lazy("Ask what changed."),
    Rule.MOOD: gettext_lazy("Ask what changed."),
    Rule.QUIET: gettext_lazy("Reach out, without blame. There are many reasons not to write."),
    Rule.STUCK: gettext_lazy("Is the next step too large, or not theirs?"),
    Rule.CALMER: gettext_lazy("Say what you noticed, and ask what helped."),
    Rule.BRIGHTER: gettext_lazy("Say what you noticed, and ask what helped."),
    Rule.REACHED: gettext_lazy("Say something about it. What did they do to get there?"),
}
# What to ask about, whatever the flag: a topic, a question, and codes of pages to suggest.
TOPICS = (
    (gettext_lazy("Our work together"), gettext_lazy("What helps in our talks? What should we do in another way?"), ("P05",)),
    (gettext_lazy("Motivation"), gettext_lazy("What matters most to you now? What makes it worth it?"), ("P08", "P03")),
    (gettext_lazy("People"), gettext_lazy("Who is close to you? Is somebody making it harder?"), ("P21",)),
    (gettext_lazy("Life events"), gettext_lazy("Did something change: home, work, money, health, a loss?"), ("P22", "P17")),
    (gettext_lazy("Medicine"), gettext_lazy("Does the dose fit? Were there days without it? Is it easy to get?"), ("P09",)),
)
# Pages that go with a rule, before the others.
PAGES = {
    Rule.LAPSE: ("P12", "P24"),
    Rule.CRAVING: ("P13",),
    Rule.MOOD: ("P18", "P20"),
    Rule.STUCK: ("P08",),
}
MARK_CHOICES = FlagMark.Mark.choices
MARKS = dict(MARK_CHOICES)


@dataclass(frozen=True)
class Topic:
    """Something to ask about, and pages that could be suggested."""

    name: str
    asks: str
    pages: tuple[Any, ...]


@dataclass(frozen=True)
class SaidFlag:
    """A flag as a page shows it. `mark` is what the counselor said to it, "" for nothing yet."""

    flag: Flag
    name: str
    numbers: str
    mark: str
    mark_label: str

    @property
    def urgency(self) -> str:
        """How soon to look, in words."""
        return str(URGENCIES[self.flag.urgency])

    @property
    def rule(self) -> str:
        """The rule in words."""
        return str(RULES[self.flag.rule])

    @property
    def act(self) -> str:
        """What could be done first."""
        return str(ACTS[self.flag.rule])

    @property
    def pages(self) -> list[Any]:
        """Pages that go with it."""
        return _pages(PAGES.get(self.flag.rule, ()))


def short(rule: Rule, lapse_word: str) -> str:
    """A flag in two or three words."""
    return str(SHORT[rule]) % {"lapse": lapse_word}


def said(
    flags: Iterable[Flag], marks: Mapping[tuple[str, str], str], lapse_word: str, goals: Mapping[str, str]
) -> list[SaidFlag]:
    """Flags in words, those that were answered at the end. `goals` are titles by id."""
    found = [_said(one, marks.get((one.rule, one.key), ""), lapse_word, goals) for one in flags]
    return sorted(found, key=lambda one: bool(one.mark))


def beside_flags() -> dict[str, Any]:
    """What stands beside every list of flags: what to ask about, whatever the flag, and what no flag does not mean."""
    return {"topics": [Topic(str(name), str(asks), tuple(_pages(codes))) for name, asks, codes in TOPICS], "no_flag": NO_FLAG}


def _said(flag: Flag, mark: str, lapse_word: str, goals: Mapping[str, str]) -> SaidFlag:
    name = short(flag.rule, lapse_word)
    if flag.key in goals:
        name = f"{name}: {goals[flag.key]}"
    return SaidFlag(flag, name[:1].upper() + name[1:], NUMBERS[flag.rule](flag), mark, str(MARKS.get(mark, "")))


def _pages(codes: Iterable[str]) -> list[Any]:
    held = shelf().pages
    return [held[code] for code in codes if code in held]


def _weekly(flag: Flag) -> str:
    words = {
        "first": day(flag.days["first"]),
        "mean": number(flag.numbers["mean"]),
        "days": flag.numbers["days"],
        "usual": number(flag.numbers["usual"]),
        "base": flag.numbers["usual_days"],
    }
    return _("In the week from %(first)s: %(mean)s on average (%(days)d days), usually %(usual)s (%(base)d days).") % words


def _about(flag: Flag) -> str:
    words = {"day": day(flag.days["about"]), "on": day(flag.arose_on)}
    if flag.days["about"] == flag.arose_on:
        return _("On %(day)s.") % words
    return _("Of %(day)s, written down on %(on)s.") % words


def _on(flag: Flag) -> str:
    return _("On %(day)s.") % {"day": day(flag.arose_on)}


def _quiet(flag: Flag) -> str:
    words = {"last": day(flag.days["last"]), "gap": flag.numbers["gap"], "usual": flag.numbers["usual"]}
    return (
        ngettext(
            "The last one was on %(last)s, %(gap)d days ago. Usually there is one within %(usual)d day.",
            "The last one was on %(last)s, %(gap)d days ago. Usually there is one within %(usual)d days.",
            int(flag.numbers["usual"]),
        )
        % words
    )


def _stuck(flag: Flag) -> str:
    words = {"moved": day(flag.days["moved"]), "open": flag.numbers["open"]}
    return (
        ngettext(
            "It last moved on %(moved)s; %(open)d step is open.",
            "It last moved on %(moved)s; %(open)d steps are open.",
            int(flag.numbers["open"]),
        )
        % words
    )


NUMBERS = {
    Rule.LAPSE: _about,
    Rule.CALL: _on,
    Rule.CRAVING: _weekly,
    Rule.MOOD: _weekly,
    Rule.CALMER: _weekly,
    Rule.BRIGHTER: _weekly,
    Rule.QUIET: _quiet,
    Rule.STUCK: _stuck,
    Rule.REACHED: _on,
}
