"""What searches are told of delivery: "FOB Agadir" finds who delivers so."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from catalogue.search.deliveries import tell_deliveries
from catalogue.search.indexing import mark_sellers
from moussem.trade.shipping.models import FreightRate
from moussem.trade.shipping.queries import rules_offered, sellers_whose_rates_ended

tell_deliveries(rules_offered, sellers_whose_rates_ended)


@receiver([post_save, post_delete], sender=FreightRate, dispatch_uid="index_who_delivers_how")
def index_who_delivers_how(sender: Any, instance: FreightRate, **_told: Any) -> None:
    """The offers of a seller whose rates changed are indexed anew."""
    mark_sellers([instance.seller_id])
