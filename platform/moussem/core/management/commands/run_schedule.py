import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from moussem.core.clock import ring_due_jobs

TICK_SECONDS = 5


class Command(BaseCommand):
    help = "Ring the jobs of the schedule when they are due. Two clocks may run: a job rings once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Ring what is due now, then stop.")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        stopped = threading.Event()
        if not once:
            signal.signal(signal.SIGTERM, lambda *_: stopped.set())
            signal.signal(signal.SIGINT, lambda *_: stopped.set())
        while True:
            for name in ring_due_jobs():
                self.stdout.write(f"rang {name}")
            if once or stopped.wait(TICK_SECONDS):
                return
            close_old_connections()
