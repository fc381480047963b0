from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.currency import chosen_currency
from catalogue.queries import families_on_offer, listed_products, regions_with_products, sellers_to_feature
from catalogue.views.addresses import canonical

FAMILIES, PRODUCTS, SELLERS = 12, 4, 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this place is, what it holds, from whom, and how an order goes."""
    currency = chosen_currency(request)
    context = {
        "families": families_on_offer()[:FAMILIES],
        "products": list(listed_products(currency).order_by("-listed_at", "-pk")[:PRODUCTS]),
        "sellers": sellers_to_feature()[:SELLERS],
        "regions": [region for region in regions_with_products() if region.product_count],
        "currency": currency,
        "canonical": canonical(request),
    }
    return render(request, "catalogue/home.html", context)
