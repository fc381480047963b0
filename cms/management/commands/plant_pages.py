from typing import Any

from django.core.management.base import BaseCommand

from cms.installation.actions import plant


class Command(BaseCommand):
    help = "Put in place the languages, home pages and sections the editors write in. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        planted = plant()
        self.stdout.write(self.style.SUCCESS(f"{planted} pages came; the others were in place."))
