from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.currency import chosen_currency
from catalogue.models import Product
from catalogue.queries import cards_of, facets, sellers_to_feature
from catalogue.views.addresses import canonical

FAMILIES, PRODUCTS, SELLERS = 12, 4, 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this place is, what it holds, from whom, and how an order goes."""
    currency = chosen_currency(request)
    offered = facets()
    newest = Product.objects.listed().order_by("-listed_at", "-pk")[:PRODUCTS]
    context = {
        "families": sorted(offered.families, key=lambda family: -family.count)[:FAMILIES],
        "products": cards_of(newest, currency),
        "sellers": sellers_to_feature()[:SELLERS],
        "regions": sorted(offered.regions, key=lambda region: region.value),
        "currency": currency,
        "canonical": canonical(request),
    }
    return render(request, "catalogue/home.html", context)
