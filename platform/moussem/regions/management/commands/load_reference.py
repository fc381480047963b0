from typing import Any

from django.core.management.base import BaseCommand

from moussem.regions.actions import load_reference


class Command(BaseCommand):
    help = "Load countries, regions, provinces, trade agreements and the HS nomenclature. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_reference(progress=self.stdout.write)
        self.stdout.write(self.style.SUCCESS(f"{sum(loaded.values())} reference rows in place."))
