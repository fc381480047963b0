"""The buyer's desk: purchases, the orders in them, what to pay and what comes next."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Case, When
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from moussem.core.errors import Refusal
from moussem.core.moves import standing
from moussem.core.pages import sayable
from moussem.core.storage import opened_or_404
from moussem.trade.fulfilment.actions import confirm_delivery, withdraw_order
from moussem.trade.fulfilment.forms import WithdrawForm
from moussem.trade.fulfilment.queries import (
    approvals_waiting,
    by_what_waits,
    due_of,
    gives_back,
    orders_bought_by,
    photos_for,
    purchases_of,
    whole,
)
from moussem.trade.fulfilment.rules import may_confirm_delivery, may_withdraw
from moussem.trade.fulfilment.views.desk import instalments_of, order_context, page_of
from moussem.trade.order.forms import FindForm
from moussem.trade.order.models import Order, Purchase
from moussem.trade.order.queries import approvals_for, purchases_found
from moussem.trade.order.states import PAYABLE_STATES, ApprovalState, OrderState
from moussem.trade.payment.states import InstalmentState

PICTURE_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


class Purchases(LoginRequiredMixin, TemplateView):
    """What a buyer placed, what is to be paid first."""

    template_name = "trade/orders/purchases.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of the list, each purchase with what is to be paid now."""
        find = FindForm(self.request.GET, states=OrderState.choices)
        found = purchases_found(purchases_of(self.request.user), find.words, find.chosen)
        page = page_of(self.request, by_what_waits(found))
        for purchase in page:
            purchase.to_pay = to_pay_now(purchase.orders.all())
        # The whole of it, whatever the list is narrowed to.
        due = [{"instalment": one, "order": one.plan.order} for one in due_of(self.request.user)]
        told = {
            "due": due,
            "due_sums": sums_of(due),
            "approvals_waiting": approvals_waiting(self.request.user),
        }
        return super().get_context_data(page=page, find=find, **told, **kwargs)


class PurchasePage(LoginRequiredMixin, View):
    """One purchase: an order for each seller, and what to pay now."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        """The page."""
        purchase: Purchase = get_object_or_404(purchases_of(request.user), number=number)
        orders = list(whole(orders_bought_by(request.user).filter(purchase=purchase)).order_by("number"))
        context = {"purchase": purchase, "orders": orders, "to_pay": to_pay_now(orders)}
        return render(request, "trade/orders/purchase.html", context)


class Approvals(LoginRequiredMixin, TemplateView):
    """Purchases that wait for the organisation's owner, then those decided before, a page at a time."""

    template_name = "trade/orders/approvals.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of the list, its two kinds apart."""
        decided = Case(When(state=ApprovalState.PENDING, then=0), default=1)
        requests = approvals_for(self.request.user).order_by(decided, "-requested_at", "-pk")
        page = page_of(self.request, requests)
        waiting = [one for one in page if one.state == ApprovalState.PENDING]
        rest = [one for one in page if one.state != ApprovalState.PENDING]
        return super().get_context_data(waiting=waiting, decided=rest, page=page, **kwargs)


class OrderView(LoginRequiredMixin, View):
    """What the pages of one placed order share."""

    @cached_property
    def order(self) -> Order:
        """The order, when this person belongs to its buyer."""
        return get_object_or_404(whole(orders_bought_by(self.request.user)), number=self.kwargs["number"])

    def done(self, sentence: str) -> HttpResponse:
        """Back to the order, with what was done said."""
        messages.success(self.request, sentence)
        return redirect("orders:order", self.order.number)

    def refused(self, refusal: Refusal) -> HttpResponse:
        """Back to the order, with why nothing was done said; an order of others stays unknown."""
        messages.error(self.request, sayable(refusal))
        return redirect("orders:order", self.order.number)

    def over(self) -> HttpResponse:
        """Back to the order from a page that was left open too long, with what happened since said."""
        messages.info(self.request, standing(self.order))
        return redirect("orders:order", self.order.number)


class OrderPage(OrderView):
    """One order to one seller."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        """The page."""
        context = {
            **order_context(self.order),
            "order": self.order,
            "to_pay": to_pay_now([self.order]),
            "may_withdraw": may_withdraw(request.user, self.order),
            "may_confirm": may_confirm_delivery(request.user, self.order),
        }
        return render(request, "trade/orders/order.html", context)


class Photo(LoginRequiredMixin, View):
    """One picture of packed goods, for both sides of the order."""

    def get(self, request: HttpRequest, number: str, photo: int) -> FileResponse:
        """The picture, kept by the browser of this person only."""
        found = get_object_or_404(photos_for(request.user), order__number=number, pk=photo)
        answer = FileResponse(opened_or_404(found.image), content_type="image/webp")
        answer["Cache-Control"] = "private, max-age=3600"
        # Opened by itself, the browser makes a page of its own around the picture, with styles of its own.
        answer["Content-Security-Policy"] = PICTURE_POLICY
        return answer


class Withdraw(OrderView):
    """The buyer takes the order back before the seller has answered."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        """The reason, asked for while there is something to withdraw."""
        if self.order.status != OrderState.PLACED:
            return self.over()
        return self.ask(WithdrawForm())

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        """Withdraw, or say why not."""
        form = WithdrawForm(request.POST)
        if not form.is_valid():
            return self.ask(form)
        try:
            withdraw_order(self.order, actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            return self.refused(refusal)
        if gives_back(self.order):
            return self.done(_("Order withdrawn. The seller was told; what you paid goes back to you."))
        return self.done(_("Order withdrawn. The seller was told."))

    def ask(self, form: WithdrawForm) -> HttpResponse:
        """The page with the form."""
        has_paid = any(one.paid for one in instalments_of(self.order))
        context = {"order": self.order, "form": form, "has_paid": has_paid}
        return render(self.request, "trade/orders/withdraw.html", context)


class Delivered(OrderView):
    """The buyer has the goods."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        """Confirm, or say why not."""
        try:
            confirm_delivery(self.order, actor=request.user)
        except Refusal as refusal:
            return self.refused(refusal)
        return self.done(_("Thank you. The arrival is recorded and the seller was told."))


def sums_of(due: list[Any]) -> list[dict[str, Any]]:
    """What these instalments ask for together, by currency."""
    sums: dict[str, Decimal] = {}
    for row in due:
        one = row["instalment"]
        sums[one.currency] = sums.get(one.currency, Decimal(0)) + one.outstanding
    return [{"currency": currency, "amount": amount} for currency, amount in sums.items()]


def to_pay_now(orders: Any) -> list[Any]:
    """The instalments of orders under way that are to be paid now, each with its order."""
    return [
        {"instalment": one, "order": order}
        for order in orders
        if order.status in PAYABLE_STATES
        for one in instalments_of(order)
        if one.state == InstalmentState.DUE
    ]
