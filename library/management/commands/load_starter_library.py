"""Load the starter library: names, help lines, sources and pages."""

from django.core.management.base import BaseCommand
from django.db import transaction

from library.roles import make_roles
from library.shelf import touch_stamp
from library.starter.loading import Report, load_vocabulary
from library.starter.paging import load_pages


class Command(BaseCommand):
    """May be run as often as you like; what an editor changed is left alone and named."""

    help = __doc__

    def handle(self, *args, verbosity: int = 1, **options) -> None:
        report = Report()
        with transaction.atomic():
            load_vocabulary(report)
            load_pages(report)
            make_roles()
        if report.made or report.updated:
            touch_stamp()
        if verbosity:
            self.stdout.write(f"starter library: {report}")
