from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from moussem.core.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Compile the translation catalogues that changed. Needs no GNU gettext."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        compiled = compile_catalogues(settings.LOCALE_PATHS)
        self.stdout.write(f"{len(compiled)} catalogues compiled.")
