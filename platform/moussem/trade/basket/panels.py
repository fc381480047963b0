"""What the basket hangs in other rooms: the link in the header, the buying form of a product."""

from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from catalogue.presenting import ladder_in
from catalogue.words import clean_text
from moussem.core.slots import fill
from moussem.trade.basket.contents import plain
from moussem.trade.basket.forms import LONGEST_SHOWN, AddForm
from moussem.trade.basket.queries import basket_for, line_count_of, offer_of, sample_offer_of


@fill("header.basket")
def basket_link(request):
    """The choice of a currency, and the way to the basket with how many products are in it."""
    basket = basket_for(request)
    context = {
        "count": line_count_of(basket),
        "currency": basket.currency_code,
        "request": request,
        "csrf_token": get_token(request),
    }
    return render_to_string("basket/panels/link.html", context)


@fill("product.offer")
def buying_form(request, product):
    """Quantity, price and button; a sample where the seller sends one. Uses what the page has prefetched."""
    if not product.is_public or product.organisation_id is None:
        return ""
    currency = basket_for(request).currency_code
    form = _asked(request, product)
    asked = form.cleaned_data["quantity"] if form.is_valid() else product.moq
    if not form.errors:
        form = AddForm(product=product, initial={"quantity": plain(asked)})
    context = {
        "product": product,
        "form": form,
        "currency": currency,
        "offer": offer_of(product, asked, currency),
        "sample": sample_offer_of(product, currency),
        "tiers": ladder_in(product, currency),
        "csrf_token": get_token(request),
    }
    return render_to_string("basket/panels/offer.html", context)


def _asked(request, product):
    """The form with the quantity of the address: what cannot be ordered stays there as it was typed."""
    typed = request.GET.get("quantity")
    sent = None if typed is None else {"quantity": clean_text(typed, LONGEST_SHOWN)}
    return AddForm(sent, product=product)
