"""Vocabulary, help lines, sources and pages."""

from library.models.pages import LearnIndex, TopicPage
from library.models.records import HelpLine, Source
from library.models.vocabulary import Cause, CopingStrategy, GoalTemplate, LifeSkill, Trigger

__all__ = [
    "Cause",
    "CopingStrategy",
    "GoalTemplate",
    "HelpLine",
    "LearnIndex",
    "LifeSkill",
    "Source",
    "TopicPage",
    "Trigger",
]
