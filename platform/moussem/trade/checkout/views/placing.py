"""The review with its button, what comes after, and what an owner decides."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from moussem.core.errors import Refusal
from moussem.core.pages import sayable
from moussem.organisations.rules import may_approve_for
from moussem.trade.basket.queries import view_of
from moussem.trade.checkout.actions import (
    approve_purchase,
    decline_purchase,
    place_purchase,
    require_requester,
    withdraw_request,
)
from moussem.trade.checkout.forms import DeclineForm, PlaceForm, SeenForm
from moussem.trade.checkout.queries import draft_with_key, first_open_step, left_of_limit, reckoning_of
from moussem.trade.checkout.states import Step
from moussem.trade.checkout.upcoming import what_comes
from moussem.trade.checkout.views.steps import CheckoutPage
from moussem.trade.order.actions import ANSWER_WITHIN
from moussem.trade.order.models import ApprovalRequest, Purchase
from moussem.trade.order.queries import approvals_for, purchases_for
from moussem.trade.order.states import ApprovalState
from moussem.trade.payment.queries import instalments_for
from moussem.trade.payment.states import UNPAID_INSTALMENTS


class StartView(CheckoutPage):
    """The first step that is still open."""

    step = Step.DELIVERY

    def show(self, request: HttpRequest) -> HttpResponse:
        return redirect(f"checkout:{first_open_step(self.draft)}")


class ReviewStep(CheckoutPage):
    """Everything on one page, and the button."""

    step = Step.REVIEW

    def show(self, request: HttpRequest) -> HttpResponse:
        try:
            reckoning = reckoning_of(self.basket_view, self.answers)
        except Refusal as refusal:
            return self.mend(refusal)
        limit = left_of_limit(self.membership, reckoning.view.currency)
        form = PlaceForm.showing(reckoning.seen, key=self.draft.key)
        asks = limit is not None and reckoning.total > limit
        told = {"asks_approval": asks, "limit": limit, "answer_days": ANSWER_WITHIN.days}
        return self.page({"reckoning": reckoning, "form": form, **told})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PlaceForm(request.POST)
        draft = draft_with_key(request.user, form.cleaned_data["key"]) if form.is_valid() else None
        if draft is None:
            raise Http404
        try:
            made = place_purchase(
                draft.basket,
                answers={**draft.answers, "buyer": self.organisation.pk},
                seen=form.seen,
                actor=request.user,
                key=draft.key,
            )
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("checkout:review")
        if isinstance(made, Purchase):
            return redirect("checkout:placed", number=made.number)
        return redirect("checkout:request", pk=made.pk)


@method_decorator(never_cache, name="dispatch")
class PlacedView(LoginRequiredMixin, View):
    """The orders of a purchase just placed, and what happens next."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        orders = "orders__seller", "orders__lines", "orders__documents", "orders__incoterm"
        purchase = purchases_for(request.user).prefetch_related(*orders).filter(number=number).first()
        if purchase is None:
            raise Http404
        instalments: dict[int, list[Any]] = {}
        found = instalments_for(request.user).filter(plan__order__purchase=purchase).order_by("sequence")
        for instalment in found:
            instalments.setdefault(instalment.plan.order_id, []).append(instalment)
        context = {
            "purchase": purchase,
            "rows": [(order, instalments.get(order.pk, [])) for order in purchase.orders.all()],
            "timeline": what_comes(purchase, found),
            "answer_days": ANSWER_WITHIN.days,
            "first": [theirs[0] for theirs in instalments.values() if theirs[0].state in UNPAID_INSTALMENTS],
        }
        return render(request, "checkout/placed.html", context)


@method_decorator(never_cache, name="dispatch")
class RequestView(LoginRequiredMixin, View):
    """A request for approval: the owner decides, whoever asked may take it back."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.page(request, self.asked(request, pk), DeclineForm())

    def asked(self, request: HttpRequest, pk: int) -> ApprovalRequest:
        """The request, when this person may see it."""
        found = approvals_for(request.user).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def page(
        self, request: HttpRequest, asked: ApprovalRequest, decline: DeclineForm, status: int = 200
    ) -> HttpResponse:
        """The request as it would be placed today."""
        pending = asked.state == ApprovalState.PENDING
        reckoning, problem = None, None
        try:
            if pending:
                require_requester(asked)
                reckoning = reckoning_of(view_of(asked.basket), asked.checkout)
        except Refusal as refusal:
            problem = refusal
        context = {
            "asked": asked,
            "pending": pending,
            "reckoning": reckoning,
            "problem": problem,
            "approve": SeenForm.showing(reckoning.seen) if reckoning else None,
            "decline": decline,
            "may_decide": pending and may_approve_for(request.user, asked.buyer),
            "may_withdraw": pending and asked.requested_by == request.user,
        }
        return render(request, "checkout/request.html", context, status=status)


class ApproveView(RequestView):
    """The owner's yes."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        asked, form = self.asked(request, pk), SeenForm(request.POST)
        if not form.is_valid():
            return redirect("checkout:request", pk=pk)
        try:
            purchase = approve_purchase(asked, seen=form.seen, actor=request.user)
        except Refusal as refusal:
            messages.error(request, sayable(refusal))
            return redirect("checkout:request", pk=pk)
        return redirect("checkout:placed", number=purchase.number)


class DeclineView(RequestView):
    """The owner's no, with a reason."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        asked, form = self.asked(request, pk), DeclineForm(request.POST)
        if not form.is_valid():
            return self.page(request, asked, form, status=422)
        try:
            decline_purchase(asked, reason=form.cleaned_data["reason"], actor=request.user)
        except Refusal as refusal:
            messages.error(request, sayable(refusal))
        return redirect("checkout:request", pk=pk)


class WithdrawView(RequestView):
    """The request taken back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            withdraw_request(self.asked(request, pk), actor=request.user)
        except Refusal as refusal:
            messages.error(request, sayable(refusal))
            return redirect("checkout:request", pk=pk)
        messages.success(request, _("The request was taken back; your basket is open again."))
        return redirect("basket:summary")
