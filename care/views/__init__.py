"""Pages of sharing and of care."""
