from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from catalogue.choices import (
    SORTS,
    TITLES,
    chips_of,
    departments_of,
    groups_of,
    known,
    lessened,
    put_aside_of,
    relaxed_of,
    title_parts,
)
from catalogue.currency import chosen_currency
from catalogue.forms.filters import asked_quantity
from catalogue.models import Product
from catalogue.presenting import (
    Reading,
    answers_of,
    ladder_in,
    measured_on,
    most_telling,
    packs_of,
    priced,
    reading_of,
)
from catalogue.pricing import Tier
from catalogue.queries import (
    certificates_on,
    lots_shown,
    names_of_choices,
    nearest_shelves,
    product_for,
    products_of,
)
from catalogue.ranges import bounds_of
from catalogue.search.asked import asked_of, is_crossed, price_field
from catalogue.search.results import Results, how_many, results_of
from catalogue.spread import spread_of
from catalogue.structured import as_script, offer_data, product_data
from catalogue.views.addresses import absolute, canonical
from catalogue.views.texts import told_with
from catalogue.wishes import wishes_of
from moussem.core.reading import answers_any_words

MORE = 4


@answers_any_words
@require_safe
def product_list(request: HttpRequest) -> HttpResponse:
    """The products on offer, by what the visitor asked."""
    if plain := _plain_address(request):
        return HttpResponseRedirect(plain)
    currency = chosen_currency(request)
    names = names_of_choices()
    asked = known(asked_of(request.GET), names)
    results = results_of(asked, currency, request.GET.get("page"))
    _with_wishes(results, currency)
    lexicon = results.lexicon
    given_up, unknown = results.relaxed, results.unknown
    chips = chips_of(asked, results.reading, lexicon, names, currency, given_up, unknown)
    parts = title_parts(asked, chips, given_up, unknown, results.missing)
    between = pgettext("between items of a list", ", ")
    context = {
        "title": between.join(parts),
        # The choices beside the words stand below, each with the way to take it back.
        # Each part runs its own way: a count must not be drawn into Latin words on an Arabic page.
        "heading": format_html_join(between, "<bdi>{}</bdi>", [(part,) for part in parts if asked.text]),
        "asked": asked,
        "results": results,
        "departments": departments_of(results, names),
        "spread": spread_of(results.counts.get(price_field(currency), {}), low=asked.low, high=asked.high),
        "groups": groups_of(results, names),
        "left_out": [str(TITLES[name]) for name in results.left_out],
        "chips": chips,
        "bounds": bounds_of(asked, currency) if is_crossed(request.GET) else "",
        "put_aside": put_aside_of(asked, names, lexicon, currency),
        "relaxed": [name for name in relaxed_of(results.reading, given_up, lexicon) if name not in unknown],
        "passed": results.reading.passed,
        "sorts": SORTS.items(),
        "page": results.page,
        "products": results.products,
        "currency": currency,
        "canonical": canonical(request),
        "told": told_with(results),
    }
    if not results.page.paginator.count:
        context["lessened"] = lessened(asked, names, currency)
        # Where no product is near the words either and texts are, these are what was looked for.
        is_bare = not context["lessened"] and not results.nearest
        context["texts_lead"] = context["told"].total and is_bare
        if not results.nearest:
            context["near"] = nearest_shelves(results.near)
    return render(request, "catalogue/list.html", context)


def _with_wishes(results: Results, currency: str) -> None:
    """Where a quantity is asked for, each card says what is in stock of it and what it costs."""
    shown = [*results.products, *results.nearest]
    if (quantity := results.reading.quantity) is None or not shown:
        return
    wishes = wishes_of(shown, quantity, currency)
    for product in shown:
        product.wish = wishes.get(product.pk)


@answers_any_words
@require_safe
def product_count(request: HttpRequest) -> HttpResponse:
    """How many products the choices lead to; a piece of page, fetched whenever a choice changes."""
    asked = known(asked_of(request.GET), names_of_choices())
    number = how_many(asked, chosen_currency(request))
    return render(request, "catalogue/parts/show_button.html", {"number": number})


def _plain_address(request: HttpRequest) -> str:
    """Where the question of an address that says more than it asks is asked plainly, else nothing."""
    asked = asked_of(request.GET)
    if "everywhere" in request.GET:
        told = asked.words_only
    elif asked.tidy != asked or not all(map(all, dict(request.GET.lists()).values())):
        told = asked.tidy
    else:
        return ""
    page = request.GET.get("page")
    pairs = [*told.pairs(), *([("page", page)] if page and told == asked.tidy else [])]
    return f"{request.path}?{urlencode(pairs)}" if pairs else request.path


@require_safe
def product_page(request: HttpRequest, product_slug: str, pk: str) -> HttpResponse:
    """One product as a buyer judges it, packed and priced for the quantity that was asked for."""
    product = product_for(request.user, int(pk))
    if product is None:
        raise Http404
    if product_slug != product.slug:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return HttpResponseRedirect(f"{product.get_absolute_url()}{query}", status=301)
    currency = chosen_currency(request)
    tiers = ladder_in(product, currency)
    asked = asked_quantity(request.GET.get("quantity", ""))
    context = {
        "product": product,
        "currency": currency,
        "tiers": tiers,
        "lapsed": product.prices_have_lapsed(),
        "priced": priced(product, asked, tiers, currency),
        "asked": asked,
    }
    context |= _page_of(request, product, tiers, currency)
    return render(request, "catalogue/product.html", context)


@require_safe
def neighbours(request: HttpRequest, product_slug: str, pk: str) -> HttpResponse:
    """What else the seller of a listed product offers; a piece of page, fetched when it comes into view."""
    product = Product.objects.listed().filter(pk=pk).select_related("organisation").first()
    if product is None:
        raise Http404
    currency = chosen_currency(request)
    # Beside the certificates of the product itself, those of its neighbours would only confuse.
    others = products_of(product.organisation, currency).exclude(pk=product.pk).prefetch_related(None)
    context = {"products": list(others[:MORE]), "currency": currency}
    return render(request, "catalogue/parts/neighbours.html", context)


def _page_of(request: HttpRequest, product: Product, tiers: list[Tier], currency: str) -> dict[str, Any]:
    """All that the page shows besides the quantity."""
    fields = list(product.product_class.lab_fields.all()) if product.product_class else []
    reading = reading_of(product)
    lots = [(lot, measured_on(lot, fields)) for lot in lots_shown(product)]
    in_stock = any(lot.available > 0 for lot, _values in lots)
    return {
        "reading": reading,
        "packs": packs_of(product),
        "lots": lots,
        "family": product.product_class,
        "is_measured": any(values for _lot, values in lots),
        "in_stock": in_stock,
        "may_be_ordered": bool(tiers) and product.is_public and not product.prices_have_lapsed(),
        "certificates": most_telling(certificates_on(product)),
        "answers": answers_of(product),
        "photos": list(product.images.all()),
        "canonical": canonical(request),
        "structured": as_script(_structured(request, product, reading, tiers, currency, in_stock)),
    }


def _structured(
    request: HttpRequest,
    product: Product,
    reading: Reading,
    tiers: list[Tier],
    currency: str,
    in_stock: bool,
) -> dict[str, Any]:
    """The same facts for machines; a lapsed price is not an offer."""
    seller = product.organisation
    data = product_data(
        name=product.label,
        description=reading.text.description if reading.text else "",
        url=canonical(request),
        images=[absolute(photo.original.url) for photo in product.images.all()],
        category=product.product_class.label if product.product_class else "",
        seller=seller.label,
        seller_url=absolute(reverse("organisations:page", kwargs={"slug": seller.slug})),
        country="MA",
    )
    if tiers and not product.prices_have_lapsed():
        data["offers"] = offer_data(
            tiers,
            currency=currency,
            unit=product.unit,
            moq=product.moq,
            in_stock=in_stock,
            valid_until=product.prices_valid_until,
            seller=seller.label,
        )
    return data
