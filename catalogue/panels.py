"""What the catalogue hangs in other rooms: a seller's products on its page, its families on its card."""

from django.template.loader import render_to_string

from catalogue.currency import chosen_currency
from catalogue.queries import families_made_by, products_of
from moussem.core.paging import page_of
from moussem.core.slots import fill

SHOWN = 24
MAKES_SHOWN = 3


@fill("organisation.page", order=10)
def products_panel(request, organisation):
    """The seller's products on offer; nothing for who does not sell."""
    if not organisation.is_seller:
        return ""
    currency = chosen_currency(request)
    page = page_of(products_of(organisation, currency), request.GET.get("products"), SHOWN)
    context = {"organisation": organisation, "page": page, "currency": currency}
    return render_to_string("catalogue/panels/products.html", context, request=request)


@fill("organisation.card", order=10)
def makes_panel(request, organisation, organisations):
    """What a seller of a list makes, most first, and how many products; asked once for the list."""
    if not hasattr(request, "families_made"):
        request.families_made = families_made_by(organisations)
    made = request.families_made.get(organisation.pk, [])
    if not made:
        return ""
    context = {
        "families": [family for family, _count in made[:MAKES_SHOWN]],
        "count": sum(n for _f, n in made),
    }
    return render_to_string("catalogue/panels/makes.html", context)
