from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from moussem.core.catalogues import update_catalogues

# English is the language of the sources.
TRANSLATED = ("fr", "ar")


class Command(BaseCommand):
    help = "Gather every text of the house into the French and Arabic catalogues, keeping their translations."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        missing = update_catalogues(settings.BASE_DIR, settings.LOCALE_PATHS[0], TRANSLATED)
        for language, count in missing.items():
            self.stdout.write(f"{language}: {count} texts to translate")
