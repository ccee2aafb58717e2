"""Log lines that cannot carry a person's words."""

import logging
import traceback

# Allow-listed words only, never a query string or a body.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "recovery_site.logs.PlainFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"level": "WARNING"}, "django.server": {"level": "CRITICAL"}},
}


class PlainFormatter(logging.Formatter):
    """Level, logger, and for an error its type and code places; no message arguments, no addresses, no values.

    Exception texts and request paths may hold what a person typed (OWASP ASVS 5.0 V16: log by protection level).
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line for a record, then one for each frame of an exception."""
        line = f"{self.formatTime(record)} {record.levelname} {record.name}"
        status = getattr(record, "status_code", None)
        if status:
            line += f" status={status}"
        elif not record.args:
            line += f" {record.msg}" if record.name.startswith("daybook.") else ""
        if record.exc_info and record.exc_info[0]:
            line += self._places(record.exc_info)
        return line

    @staticmethod
    def _places(exc_info) -> str:
        kind, _error, trace = exc_info
        frames = traceback.extract_tb(trace)[-12:]
        return "".join([f" {kind.__name__}", *(f"\n    {f.filename}:{f.lineno} {f.name}" for f in frames)])
