"""Vocabulary, help lines, sources and pages."""

from library.models.approvals import OneApproval
from library.models.feedback import Feedback
from library.models.pages import LearnIndex, TopicPage
from library.models.records import HelpLine, Source, Term
from library.models.reflections import Reflection
from library.models.vocabulary import Cause, CopingStrategy, GoalTemplate, LifeSkill, Trigger

__all__ = [
    "Cause",
    "CopingStrategy",
    "Feedback",
    "GoalTemplate",
    "HelpLine",
    "LearnIndex",
    "LifeSkill",
    "OneApproval",
    "Reflection",
    "Source",
    "Term",
    "TopicPage",
    "Trigger",
]
