from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.currency import chosen_currency
from catalogue.queries import cards_of, facets, newest_of_each_department, sellers_to_feature
from catalogue.queries.facets import Facet
from catalogue.views.addresses import canonical

FAMILIES, PRODUCTS, SELLERS = 6, 4, 3


def _most_offered(families: list[Facet]) -> list[Facet]:
    """The families with the most on offer, the same ones in every language, by their names in it."""
    most = sorted(families, key=lambda family: (-family.count, family.value))[:FAMILIES]
    return [family for family in families if family in most]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this place is, what it holds, from whom, and how an order goes."""
    return render(request, "catalogue/home.html", front_of(request))


def front_of(request: HttpRequest) -> dict[str, Any]:
    """What the marketplace shows on the home page, whoever lays it out."""
    currency = chosen_currency(request)
    offered = facets()
    return {
        "families": _most_offered(offered.families),
        "products": cards_of(newest_of_each_department(PRODUCTS), currency),
        "sellers": sellers_to_feature()[:SELLERS],
        "regions": sorted(offered.regions, key=lambda region: region.value),
        "currency": currency,
        "canonical": canonical(request),
    }
