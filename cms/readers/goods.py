"""What is on sale under a page, whose page it is alone."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from catalogue.models import Product
from catalogue.queries import cards_of
from catalogue.queries.places import sellers_of
from cms.pages.markets import MarketNotePage
from cms.pages.regions import RegionPage
from cms.pages.stories import StoryPage
from moussem.organisations.models import Organisation


def goods_shown(request: HttpRequest) -> set[int]:
    """The keys of what the shelves of a page have shown so far: nothing stands on a page twice."""
    if not hasattr(request, "goods_shown"):
        request.goods_shown = set()
    return request.goods_shown


def goods_of(page: Any, currency: str, most: int, *, but: Collection[int] = ()) -> list[Product]:
    """The newest goods of a page's region, house, protected name or HS code; none where it names none."""
    narrowed = _goods(page)
    if narrowed is None:
        return []
    return cards_of(narrowed.exclude(pk__in=but).order_by("-listed_at", "-pk")[:most], currency)


def _goods(page: Any) -> QuerySet[Product] | None:
    listed = Product.objects.listed()
    if isinstance(page, RegionPage):
        return listed.filter(origin_region=page.region_id)
    if isinstance(page, MarketNotePage):
        return listed.filter(hs_code=page.product_id)
    if isinstance(page, StoryPage) and page.organisation_id:
        return listed.filter(organisation=page.organisation_id)
    if isinstance(page, StoryPage) and page.protected_name_id:
        return listed.filter(protected_name=page.protected_name_id)
    return None


def seller_of(page: StoryPage) -> Organisation | None:
    """The house of a brand as its card shows it; none where it lists nothing at present."""
    return sellers_of([page.organisation_id]).first() if page.organisation_id else None
