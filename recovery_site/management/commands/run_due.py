"""Do what is due: scheduled publishing, emptying the bin, expiry, reminders, background tasks."""

import signal
import threading
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.actions import owned_models
from notify.actions import hand_out_due

EVERY_SECONDS = 60


def empty_bins() -> int:
    """Delete for good what has lain in a bin for more than 30 days; returns how many rows went."""
    before = timezone.now() - timedelta(days=settings.BIN_DAYS)
    return sum(model.objects.empty_bin(before) for model in owned_models())


def written_last(person_id: uuid.UUID) -> datetime | None:
    """When a person last wrote anything here."""
    found = [model.objects.latest_of(person_id) for model in owned_models()]
    return max((moment for moment in found if moment), default=None)


def remind() -> int:
    """Queue the reminders that are due; returns how many."""
    return hand_out_due(timezone.now(), written_last)


def work_off_tasks() -> None:
    """Run the background tasks that wait, and come back."""
    if DBTaskResult.objects.ready().exists():
        call_command("db_worker", "--batch", "--no-startup-delay", "--no-reload", "--backend", "jobs", verbosity=0)


def listen(stop: threading.Event) -> None:
    """Let SIGTERM and SIGINT end the loop."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())


class Command(BaseCommand):
    """Once, or every minute with --loop until it is told to stop."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--loop", action="store_true", help="run every minute until stopped")

    def handle(self, *args, loop: bool, **options) -> None:
        stop = threading.Event()
        if loop:
            listen(stop)
        self.once()
        while loop and not stop.wait(EVERY_SECONDS):
            close_old_connections()
            self.once()
            listen(stop)  # the task worker puts its own handlers in place of these

    def once(self) -> None:
        """Each duty on its own: one that fails is reported and does not hold up the others."""
        duties = {
            "publishing": lambda: call_command("publish_scheduled"),
            "bin": empty_bins,
            "sessions": lambda: call_command("clearsessions"),
            "reminders": remind,
            "tasks": work_off_tasks,
            "task results": lambda: call_command("prune_db_task_results", "--backend", "jobs", verbosity=0),
        }
        for name, duty in duties.items():
            try:
                duty()
            except Exception as error:
                self.stderr.write(f"run_due: {name} failed ({type(error).__name__}); trying again in a minute")
