"""Reminders: off by default, at times a person chose, always in the same neutral words."""
