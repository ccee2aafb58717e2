"""What the logs say, as numbers: pure functions and frozen values. No Django, no clock, no words.

Methods: docs/insights.md says which rule stands where, and what a simulation found.
"""
