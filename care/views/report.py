"""The progress report: chosen, looked at, printed, or made as a PDF."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people import person_of
from care import access
from care.access import Reading
from care.actions import reports
from care.actions.reports import PAGE
from care.forms.report import ReportForm, chosen_days, preset_names
from care.models import Report
from care.printing import is_offered
from care.report_content import WANTED, content
from care.tasks import make_report
from care.views.door import shared, whole
from care.views.writing import gives_back
from journal.choosing import Chosen

# From then on the page says that it takes longer than it should, and stops asking by itself.
LATE = timedelta(minutes=1)


@require_http_methods(["GET", "HEAD", "POST"])
@gives_back
@shared(PAGE, *WANTED)
def report(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Choose days, read the report, print it. A POST shows it with a comment, which stands in no address."""
    is_typed = request.method == "POST"
    choice = chosen_days(request.POST if is_typed else request.GET, reading.today)
    return _page(request, reading, choice, ReportForm(request.POST) if is_typed else ReportForm())


@require_POST
@gives_back
def report_pdf(request: HttpRequest, connection_id: Any) -> HttpResponse:
    """Ask for the PDF. What is wrong with the days or the comment is shown on the page."""
    form = ReportForm(request.POST)
    with access.wait(person_of(request), connection_id, PAGE) as reading:
        choice = chosen_days(request.POST, reading.today)
        if form.is_valid() and not choice.error:
            typed = form.cleaned_data
            report_id, is_new = reports.ask(reading, person_of(request), typed["id"], choice.period, typed["comment"])
            if is_new:
                make_report.enqueue(str(report_id))
            return redirect("care:report-state", connection_id, report_id)
    return report(request, connection_id)


@require_safe
def report_state(request: HttpRequest, connection_id: Any, report_id: Any) -> HttpResponse:
    """Whether the PDF is there; one that may not be seen any more is made again. Nothing of the person stands on this page, so
    it is no look at them.
    """
    with access.wait(person_of(request), connection_id, PAGE) as reading:
        found = _mine(request, reading, report_id)
        if found.finished_at is not None and not reports.is_current(found, reading):
            found = reports.begin_again(found, reading.now)
            make_report.enqueue(str(found.pk))
        is_waiting = found.finished_at is None and not found.failed
        context = {
            "tab": PAGE,
            "report": found,
            "is_waiting": is_waiting,
            "is_late": is_waiting and reading.now - found.asked_at > LATE,
        }
        return whole(render(request, "care/report_state.html", context))


class _NotCurrent(Exception):
    """The file may not be seen now: nothing was looked at, and nothing is recorded."""


@require_safe
def report_file(request: HttpRequest, connection_id: Any, report_id: Any) -> HttpResponse:
    """The PDF itself; where it may not be seen any more, the page that makes it again."""
    try:
        return _file(request, connection_id, report_id=report_id)
    except _NotCurrent:
        return redirect("care:report-state", connection_id, report_id)


@shared(PAGE, *WANTED)
def _file(request: HttpRequest, reading: Reading, report_id: Any) -> HttpResponse:
    found = _mine(request, reading, report_id)
    if not reports.is_current(found, reading):
        raise _NotCurrent
    reading.looked.over(found.first_day, found.last_day)
    headers = {"Content-Disposition": 'attachment; filename="report.pdf"'}
    return HttpResponse(reports.pdf_in(found, reading), content_type="application/pdf", headers=headers)


def _mine(request: HttpRequest, reading: Reading, report_id: Any) -> Report:
    """A report that the signed-in person asked for over this connection; raises Http404, also after its hour."""
    own = Report.objects.of(reading.connection_id, person_of(request).pk).alive(reading.now)
    found = own.filter(pk=report_id).first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, reading: Reading, choice: Chosen, form: ReportForm) -> HttpResponse:
    comment = form.cleaned_data["comment"] if form.is_bound and form.is_valid() else ""
    if comment:  # what is asked for next is another report
        form = ReportForm(initial={"comment": comment})
    context = {
        "tab": PAGE,
        "reading": reading,
        "choice": choice,
        "choices": preset_names(),
        "today": reading.today,
        "form": form,
        "report": content(reading, choice.period, comment),
        "is_offered": is_offered(),
    }
    return render(request, "care/report.html", context, status=422 if choice.error or form.errors else 200)
