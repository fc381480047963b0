import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from moussem.core.schema import build_schema, is_empty


class Command(BaseCommand):
    help = (
        "Create every table in an empty database without replaying the migrations, and mark them as applied."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--or-migrate",
            action="store_true",
            help="Run “migrate” on a database that has tables: for start-up scripts.",
        )

    def handle(self, *args: Any, or_migrate: bool, **options: Any) -> None:
        if not is_empty():
            if not or_migrate:
                raise CommandError(
                    "This database has tables already. Nothing was changed; run “migrate” instead."
                )
            call_command("migrate", interactive=False, verbosity=options["verbosity"], stdout=self.stdout)
            return
        started = time.monotonic()
        count = build_schema()
        self.stdout.write(
            self.style.SUCCESS(f"{count} tables created in {time.monotonic() - started:.1f} s.")
        )
