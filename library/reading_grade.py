"""How many years of school a text asks for: the SMOG grade (McLaughlin 1969, "SMOG grading: a new readability formula").

SMOG is the usual measure for health texts. It counts words of three or more syllables a sentence; a list item is a sentence,
headings are left out by the caller. Names of medicines and drugs have no shorter word and do not count; each is explained where
a page first uses it.
"""

import math
import re

WANTED = (6.0, 8.0)
NAMES = frozenset(
    {
        "acetaminophen", "benzodiazepine", "benzodiazepines", "buprenorphine", "clonidine", "codeine", "fentanyl", "gabapentin",
        "ibuprofen", "lofexidine", "loperamide", "medetomidine", "methadone", "morphine", "nalmefene", "naloxone", "naltrexone",
        "nitazene", "nitazenes", "paracetamol", "pregabalin", "xylazine",
    }
)  # fmt: skip
_SENTENCE_ENDS = re.compile(r"(?<=[.!?:])[\s”’)]+|\n+")
_WORD = re.compile(r"[A-Za-z]+(?:[’'][A-Za-z]+)?")
# Endings whose "e" is silent: "hope", "hoped", "likes"; not "-le", "-ted", "-ces".
_SILENT = re.compile(r"(?:[^laeiouy]es|[^td]ed|[^l]e)$")
_VOWELS = re.compile(r"[aeiouy]+")


def syllables(word: str) -> int:
    """About how many syllables an English word has, at least one: groups of vowels without the silent ends."""
    plain = re.sub(r"[^a-z]", "", re.sub(r"[’']s$", "", word.lower()))
    if len(plain) > 3:
        plain = _SILENT.sub(lambda end: end[0][0], plain)
    return max(1, len(_VOWELS.findall(plain)))


def sentences(text: str) -> list[str]:
    """The sentences and list items of a plain text."""
    return [part for part in _SENTENCE_ENDS.split(text) if _WORD.search(part)]


def long_words(text: str) -> list[str]:
    """Words of three or more syllables, names of medicines left out."""
    return [word for word in _WORD.findall(text) if syllables(word) >= 3 and word.lower() not in NAMES]


def grade(text: str) -> float:
    """The school grade of a plain text: 1.043 √(30 × long words ÷ sentences) + 3.1291; 0 for an empty one."""
    parts = sentences(text)
    if not parts:
        return 0.0
    return round(1.043 * math.sqrt(30 * len(long_words(text)) / len(parts)) + 3.1291, 1)
