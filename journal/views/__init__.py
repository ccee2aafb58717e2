"""Pages to log, read, find, mend and remove."""
