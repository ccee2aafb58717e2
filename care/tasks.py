"""What is done outside a request. Only an id comes along; who may look is decided again when it runs."""

from django_tasks import task

from care.actions import reports


@task(backend="jobs")
def make_report(report_id: str) -> bool:
    """Make the PDF of a report; returns whether it is there."""
    return reports.make(report_id)
