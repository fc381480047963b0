from typing import Any

from django.core.management.base import BaseCommand

from moussem.trade.shipping.actions import load_incoterms, sync_delivery_countries


class Command(BaseCommand):
    help = "Load the rules of Incoterms 2020 and the countries of delivery addresses. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        rules, countries = load_incoterms(), sync_delivery_countries()
        self.stdout.write(self.style.SUCCESS(f"{rules} rules and {countries} countries in place."))
