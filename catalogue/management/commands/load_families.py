from typing import Any

from django.core.management.base import BaseCommand

from catalogue.actions.reference import load_catalogue_reference


class Command(BaseCommand):
    help = (
        "Load departments, families, types of certificate, protected names and limits of standards. "
        "Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was loaded."""
        load_catalogue_reference(progress=self.stdout.write)
