from abc import ABC, abstractmethod
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import View

from catalogue.currency import remember_currency
from catalogue.models import Product
from catalogue.presenting import ladder_in, priced
from catalogue.words import clean_text
from moussem.core.errors import Refusal, require
from moussem.core.numbers import as_typed
from moussem.core.pages import asked_page
from moussem.trade.basket.actions import (
    MOST,
    add_to_basket,
    change_quantity,
    fix_basket,
    remove_line,
    switch_currency,
)
from moussem.trade.basket.contents import said
from moussem.trade.basket.errors import LineGone
from moussem.trade.basket.forms import LONGEST_SHOWN, AddForm, CurrencyForm, LineForm
from moussem.trade.basket.models import Line
from moussem.trade.basket.queries import (
    basket_for,
    line_in,
    offer_of,
    product_on_offer,
    view_with_photos,
)

# What was taken out last, so that it can be put back.
REMOVED_KEY = "basket_removed"
# What Django's field says of a number that is too large.
TOO_MUCH = {"max_value", "max_digits", "max_whole_digits"}


@method_decorator(never_cache, name="dispatch")
class BasketView(View):
    """The basket, by cooperative."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(request)

    def shown(
        self, request: HttpRequest, *, status: int = 200, refused: LineForm | None = None
    ) -> HttpResponse:
        """The page; with ``refused``, what was typed for a line stands there as it was typed."""
        basket = basket_for(request)
        view = view_with_photos(basket)
        context = {
            "view": view,
            "refused": refused,
            "removed": request.session.pop(REMOVED_KEY, None) if REMOVED_KEY in request.session else None,
        }
        return render(request, "basket/basket.html", context, status=status)


class BasketAction(ABC, View):
    """A button of the basket: does one thing, says what happened, and shows the basket again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        elsewhere = None
        try:
            elsewhere = self.act(request, **kwargs)
        except LineGone as gone:
            # An address of nothing, whoever else may have a line of that number: said above one's own basket.
            messages.error(request, gone.message)
            elsewhere = BasketView().shown(request, status=404)
        except Refusal as refusal:
            messages.error(request, refusal.message)
        return elsewhere or redirect("basket:summary")

    @abstractmethod
    def act(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        """Do it, or refuse; another page than the basket where it is put right there."""

    def line(self, request: HttpRequest, pk: int) -> Line:
        """The line of this visitor's own basket; another's is answered as one that never was."""
        line = line_in(basket_for(request), pk)
        require(line is not None, LineGone)
        return line


class AddView(BasketAction):
    """Put a product, or its sample, into the basket."""

    def act(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        product = product_on_offer(kwargs["pk"])
        if product is None:
            raise Http404
        is_sample = "sample" in request.POST
        form = AddForm(request.POST, product=product)
        if not is_sample and not form.is_valid():
            typed = clean_text(request.POST.get("quantity", ""), LONGEST_SHOWN)
            sentence = _("“%(typed)s” cannot be ordered: %(rule)s Nothing was put into the basket.")
            if not typed:
                sentence = _("No quantity was written. Nothing was put into the basket; write how much.")
            messages.error(request, sentence % {"typed": typed, "rule": _rule_broken(form, product)})
            return redirect(f"{product.get_absolute_url()}?{urlencode({'quantity': typed})}")
        if "show" in request.POST:
            query = urlencode({"quantity": as_typed(form.cleaned_data["quantity"])})
            return redirect(f"{product.get_absolute_url()}?{query}#offer")
        quantity = product.sample_quantity if is_sample else form.cleaned_data["quantity"]
        basket = basket_for(request)
        add_to_basket(basket, product, quantity, actor=_person(request), is_sample=is_sample)
        messages.success(request, _("“%(title)s” is in your basket.") % {"title": product.label})
        return None


class QuantityView(BasketAction):
    """Another quantity for a line."""

    def act(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        line = self.line(request, kwargs["pk"])
        form = LineForm(request.POST, line=line)
        if not form.is_valid():
            return BasketView().shown(request, status=422, refused=form)
        change_quantity(line, form.cleaned_data["quantity"], actor=_person(request))
        return None


class RemoveView(BasketAction):
    """A line taken out, to be put back with one click."""

    def act(self, request: HttpRequest, **kwargs: Any) -> None:
        line = self.line(request, kwargs["pk"])
        remove_line(line, actor=_person(request))
        request.session[REMOVED_KEY] = {
            "product": line.product_id,
            "title": line.product.label,
            "quantity": as_typed(line.quantity),
            "is_sample": line.is_sample,
            "listed": line.product.is_public,
        }


class FixView(BasketAction):
    """One troubled line, or all of them, put right."""

    def act(self, request: HttpRequest, **kwargs: Any) -> None:
        only = self.line(request, kwargs["pk"]).pk if "pk" in kwargs else None
        done = fix_basket(basket_for(request), actor=_person(request), only=only)
        said = ngettext("%(count)s line was put right.", "%(count)s lines were put right.", len(done))
        messages.success(request, said % {"count": len(done)})


class CurrencyView(BasketAction):
    """The whole basket in another currency; shows again the page of ours on which it was chosen."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        shown = super().post(request, **kwargs)
        there = asked_page(request)
        return redirect(there) if there else shown

    def act(self, request: HttpRequest, **kwargs: Any) -> None:
        form = CurrencyForm(request.POST)
        chosen = form.cleaned_data["currency"] if form.is_valid() else ""
        switch_currency(basket_for(request), chosen, actor=_person(request))
        remember_currency(request, chosen)


class PriceView(View):
    """What a quantity of a product costs, as a piece of the buying form."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        product = product_on_offer(pk)
        if product is None:
            raise Http404
        form = AddForm(request.GET, product=product)
        currency = basket_for(request).currency_code
        quantity = form.cleaned_data["quantity"] if form.is_valid() else None
        context = {"form": form, "product": product, "currency": currency, "is_answer": True}
        if quantity is not None:
            tiers = ladder_in(product, currency)
            context |= {
                "offer": offer_of(product, quantity, currency),
                "tiers": tiers,
                "priced": priced(product, quantity, tiers, currency),
            }
        return render(request, "basket/answer.html", context)


def _rule_broken(form: AddForm, product: Product) -> str:
    """What a quantity that cannot be ordered goes against."""
    codes = {one.code for one in form.errors["quantity"].as_data()}
    for code in codes & {"ambiguous", "invalid"}:
        return str(form.fields["quantity"].error_messages[code])
    if codes & TOO_MUCH:
        return _("A line holds at most %(most)s.") % {"most": said(MOST, product.unit)}
    return str(form.fields["quantity"].help_text)


def _person(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None
