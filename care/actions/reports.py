"""Progress reports as PDF: asked for, made outside the request, fetched within the hour, gone."""

import base64
import logging
import uuid
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.ids import new_id
from accounts.models import AccessRecord, Person
from care import access
from care.access import Reading
from care.models import Report
from care.printing import MAKER
from care.report_content import WANTED, content
from journal.insights.observations import Period

PAGE = "report"
LASTS = timedelta(hours=1)
logger = logging.getLogger("daybook.care")


def ask(reading: Reading, author: Person, report_id: uuid.UUID, period: Period, comment: str) -> tuple[uuid.UUID, bool]:
    """Keep what is asked for, once for its id; gives the report's id, and whether it is a new one. Something else under an id
    that is taken becomes a report of its own.
    """
    report = Report(pk=report_id, connection_id=reading.connection_id, person_id=reading.whose.id, author=author)
    report.first_day, report.last_day = period.first, period.last
    report.asked_at, report.expires_at = reading.now, reading.now + LASTS
    reading.grant.seal(report, comment=comment)
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:
        if _is_the_same(reading, report, comment):
            return report_id, False
        return ask(reading, author, new_id(), period, comment)
    return report_id, True


def _is_the_same(reading: Reading, report: Report, comment: str) -> bool:
    there = Report.objects.of(reading.connection_id, report.author_id).filter(pk=report.pk).first()
    same_days = there is not None and (there.first_day, there.last_day) == (report.first_day, report.last_day)
    return same_days and reading.grant.open_one(there).comment == comment


def make(report_id: str) -> bool:
    """Make a report that was asked for, as far as its author may look now; False where that failed."""
    waiting = Report.objects.alive(timezone.now()).filter(pk=report_id, finished_at=None, failed=False)
    report = waiting.select_related("author").first()
    if report is None:
        return False
    try:
        _make(report, import_module(MAKER))
    except Exception as error:  # a worker would store the error's text, and that could hold somebody's words
        logger.error("a report was not made after %s", type(error).__name__)
        waiting.update(failed=True)
        return False
    return True


def _make(report: Report, maker: Any) -> None:
    """The door is open while the page is written, and shut while it is drawn, which takes seconds."""
    period, action = Period(report.first_day, report.last_day), AccessRecord.Action.PRINTED
    with access.read(report.author, report.connection_id, PAGE, WANTED, action=action) as reading:
        comment = reading.grant.open_one(report).comment
        html = render_to_string("care/report_pdf.html", {"report": content(reading, period, comment), "today": reading.today})
    drawn = maker.pdf_of(html, reading.membership.organisation.country)
    reading.grant.seal(report, content=base64.b64encode(drawn).decode())
    with access.wait(report.author, report.connection_id, PAGE):
        mine = Report.objects.filter(pk=report.pk, finished_at=None)
        # As of the moment that was read: a pause while it was drawn is younger, and then it is made again.
        mine.update(content=report.content, consent=reading.consent, finished_at=reading.now)


def is_current(report: Report, reading: Reading) -> bool:
    """Whether what a finished report holds may still be seen: by the same consent, and not from before a pause."""
    if report.finished_at is None or report.consent_id != reading.consent.pk:
        return False
    return reading.consent.paused_at is None or report.finished_at > reading.consent.paused_at


def begin_again(report: Report, now: datetime) -> Report:
    """Ask anew for a finished report that may not be seen any more: what was narrowed or paused meanwhile is left out of the next
    one, and a pause is not told from a day without records.
    """
    Report.objects.filter(pk=report.pk, finished_at=report.finished_at).update(finished_at=None, asked_at=now)
    report.finished_at, report.asked_at = None, now
    return report


def pdf_in(report: Report, reading: Reading) -> bytes:
    """The PDF."""
    return base64.b64decode(reading.grant.open_one(report).content)


def remove_expired(now: datetime) -> int:
    """Delete reports whose hour is over; returns how many."""
    return Report.objects.gone_by(now).delete()[0]
