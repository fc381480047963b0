"""What the catalogue hangs in other rooms: the products on an organisation's page."""

from django.template.loader import render_to_string

from catalogue.currency import chosen_currency
from catalogue.queries import products_of
from moussem.core.paging import page_of
from moussem.core.slots import fill

SHOWN = 24


@fill("organisation.page", order=10)
def products_panel(request, organisation):
    """The seller's products on offer; nothing for who does not sell."""
    if not organisation.is_seller:
        return ""
    currency = chosen_currency(request)
    page = page_of(products_of(organisation, currency), request.GET.get("products"), SHOWN)
    context = {"organisation": organisation, "page": page, "currency": currency}
    return render_to_string("catalogue/panels/products.html", context, request=request)
