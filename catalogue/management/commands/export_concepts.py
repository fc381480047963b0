from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalogue.concepts.sheets import write_sheet
from catalogue.models import Concept


class Command(BaseCommand):
    help = "Write every concept of the search to a CSV file that load_concepts can read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many were written."""
        try:
            count = write_sheet(options["out"], Concept.objects.all())
        except OSError as error:
            raise CommandError(f"The file could not be written ({error}).") from error
        self.stdout.write(f"{Concept._meta.verbose_name_plural}: {count} → {options['out']}")
