from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from catalogue.actions.reference import load_catalogue_reference


class Command(BaseCommand):
    help = (
        "Load departments, families, types of certificate, protected names, limits of standards and the "
        "concepts of the search. Safe to run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="also over concepts changed on this site")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was loaded."""
        load_catalogue_reference(progress=self.stdout.write, force=options["force"])
