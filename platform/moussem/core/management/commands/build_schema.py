import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from moussem.core.schema import build_schema, is_empty


class Command(BaseCommand):
    help = (
        "Create every table in an empty database without replaying the migrations, and mark them as applied."
    )
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_empty():
            raise CommandError(
                "This database has tables already. Nothing was changed; run “migrate” instead."
            )
        started = time.monotonic()
        count = build_schema()
        self.stdout.write(
            self.style.SUCCESS(f"{count} tables created in {time.monotonic() - started:.1f} s.")
        )
