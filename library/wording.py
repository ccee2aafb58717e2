"""Words that put the person first: what not to write, and the better word (clinical fact base 1.2; NIDA, "Words Matter").

It binds the product's own texts, never what a person writes. Words in quotation marks are talked about, not used.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A pattern to avoid and what to write instead; a slur is never published."""

    pattern: str
    better: str
    is_slur: bool = False


@dataclass(frozen=True)
class Finding:
    """A word found in a text."""

    word: str
    better: str
    is_slur: bool


RULES = (
    Rule(r"(?:ex-|former |reformed )?(?:addicts?|junk(?:ie|y)s?|abusers?|druggies?)", "person with opioid use disorder", True),
    Rule(r"addicted bab(?:y|ies)", "baby born with opioid withdrawal", True),
    Rule(r"(?:ex-)?(?:drug |heroin |opioid |substance )users?", "person who uses drugs"),
    Rule(r"(?:drug|substance|opioid|alcohol) abuse|(?:drug|heroin|opioid|bad) habit", "use, or opioid use disorder"),
    Rule(
        r"(?:get|got|stay(?:ing|ed)?|being|be|been|was|am|is|are|live) clean|clean (?:and sober|time)", "not using, in recovery"
    ),
    Rule(r"(?:clean|dirty) (?:test|urine|screen|result)s?", "expected or unexpected result"),
    Rule(r"sobriety(?: date)?", "recovery start date, my own milestone"),
    Rule(r"relaps(?:ed|es|ing)|fell off the wagon", "return to use, lapse"),
    Rule(r"(?:opioid |opiate )?(?:substitution|replacement) (?:therapy|treatment)", "medicine"),
    Rule(r"swapping one drug for another|medication-assisted(?: treatment)?", "medicine for opioid use disorder"),
    Rule(r"detox treatment", "withdrawal management"),
    Rule(r"opiates?", "opioid"),
    Rule(r"narcotics?", "opioid, prescribed opioid"),
    Rule(r"gateway(?: drugs?)?", "a substance someone used earlier"),
    Rule(r"non-?complian(?:t|ce)|resistant|in denial", "has not taken it, has doubts"),
    Rule(r"(?:hit )?rock bottom|tough love|enabling|enablers?", "leave it out"),
    Rule(r"co-?dependen(?:t|cy)", "family, friends, people who support you"),
    Rule(r"commit(?:s|ted|ting)? suicide|(?:successful|failed) (?:suicide )?attempts?", "die by suicide, attempt"),
    Rule(r"suffer(?:s|ed|ing)? from|victims? of", "lives with, has"),
    Rule(r"drugs? of choice", "main substance"),
    Rule(r"(?:hard|soft|harder) drugs?", "name the drug"),
    Rule(r"indoctrinat\w+", "learning, practice"),
    Rule(r"overdose victims?|OD[’']d", "person who had an overdose"),
    Rule(r"laced", "contains fentanyl or other drugs you did not expect"),
    Rule(r"battl(?:e|es|ing)|war on drugs|fight(?:ing)? (?:addiction|cravings?)", "recovery, work, change"),
    Rule(r"willpower", "leave it out"),
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")
_COMPILED = tuple((re.compile(rf"\b(?:{rule.pattern})\b", re.IGNORECASE), rule) for rule in RULES)


def findings(text: str) -> Iterator[Finding]:
    """The words to think about in a plain text, quoted ones left out."""
    spoken = _QUOTED.sub(" ", text)
    for pattern, rule in _COMPILED:
        for match in pattern.finditer(spoken):
            yield Finding(match[0], rule.better, rule.is_slur)
