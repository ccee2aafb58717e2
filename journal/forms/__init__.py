"""Input becomes clean values; only the person's own choices are offered."""
