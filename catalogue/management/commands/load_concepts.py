from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalogue.actions.reference import tell_concepts
from catalogue.concepts.actions import load_concepts
from catalogue.concepts.errors import ConceptsNotTaken


class Command(BaseCommand):
    help = "Load the concepts of a CSV file, all or none. Safe to run again; what it does not name stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="columns as export_concepts writes them")
        parser.add_argument("--force", action="store_true", help="also over concepts changed by editors")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was loaded, or line by line why nothing was."""
        try:
            loaded = load_concepts([options["file"]], force=options["force"])
        except ConceptsNotTaken as refusal:
            raise CommandError(refusal.message) from refusal
        tell_concepts(loaded, self.stdout.write)
