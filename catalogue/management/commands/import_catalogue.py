from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalogue.errors import NotACatalogue
from catalogue.showcase.actions import DEMONSTRATION_FILE, import_catalogue


class Command(BaseCommand):
    help = (
        "Import sellers, buyers, products, certificates and lots from a file shaped like "
        "demo_catalogue.json. Safe to run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One file; the demonstration country without it."""
        parser.add_argument("file", nargs="?", type=Path, default=DEMONSTRATION_FILE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was imported, or why nothing was."""
        try:
            import_catalogue(options["file"], progress=self.stdout.write)
        except NotACatalogue as refusal:
            raise CommandError(refusal.message) from refusal
