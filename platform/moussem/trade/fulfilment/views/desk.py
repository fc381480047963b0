"""The seller's desk: what needs an answer, what must be packed, what can leave, what is owed."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from catalogue.queries.lots import lots_past
from moussem.core.errors import NotYours, Refusal
from moussem.core.locks import lock
from moussem.core.moves import standing
from moussem.core.pages import sayable
from moussem.organisations.access import SellerRequired
from moussem.trade.fulfilment import phrases
from moussem.trade.fulfilment.actions import (
    accept_order,
    cancel_order,
    correct_carriage,
    rearrange_lots,
    refuse_order,
    ship_order,
)
from moussem.trade.fulfilment.actions.packing import packing_may_change
from moussem.trade.fulfilment.forms import CancelForm, LotsForm, RefuseForm, ShipForm
from moussem.trade.fulfilment.owed import owed_by_currency, unpaid_of
from moussem.trade.fulfilment.queries import (
    besides,
    gives_back,
    instalments_under_way,
    kept_past,
    lead_time_of,
    lots_may_change,
    lots_to_choose_from,
    money_of,
    most_pressing,
    orders_received,
    orders_received_by,
    past_lines,
    pressing_orders,
    story_of,
    whole,
)
from moussem.trade.fulfilment.swaps import lots_swapped, swaps_by_line
from moussem.trade.fulfilment.timeline import timeline_of
from moussem.trade.order.forms import FindForm
from moussem.trade.order.models import Order
from moussem.trade.order.queries import orders_found
from moussem.trade.order.states import HOLDING_STATES, PROMISED_STATES, OrderState
from moussem.trade.payment.queries import refunds_by_what_waits, refunds_of_order, refunds_to_send
from moussem.trade.payment.states import InstalmentState

SHOWN = 10
RECENT = 8
ENDED = (OrderState.REFUSED, OrderState.CANCELLED)
PER_PAGE = 20


class Home(SellerRequired, TemplateView):
    """The desk of one seller, what presses first."""

    template_name = "trade/desk/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The orders under way by what they ask for, and the money they bring."""
        pressing, totals = pressing_orders(self.organisation, SHOWN)
        for order in pressing["unpaid"]:
            order.unpaid = unpaid_of(order.status, instalments_of(order))
        first = most_pressing(pressing)
        unpaid = [order.pk for order in pressing["unpaid"]]
        pressing, counts = besides(first, pressing, totals)
        past = list(kept_past(self.organisation))
        rest = orders_received(self.organisation).exclude(status__in=HOLDING_STATES)
        rest = rest.exclude(pk__in=unpaid)
        return super().get_context_data(
            organisation=self.organisation,
            **pressing,
            counts=counts,
            totals=totals,
            next=first,
            owed=owed_by_currency(instalments_under_way(self.organisation)),
            to_send_back=list(refunds_to_send(self.organisation)[:SHOWN]),
            kept_past=past[:SHOWN],
            next_is_past=first["order"] in [part.line.order for part in past],
            lots_past=list(lots_past(self.organisation)[:SHOWN]),
            recent=list(rest.order_by("-date_placed")[:RECENT]),
            **kwargs,
        )


class Orders(SellerRequired, TemplateView):
    """Every order that one seller received."""

    template_name = "trade/desk/orders.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of the list, perhaps narrowed."""
        find = FindForm(self.request.GET, states=OrderState.choices)
        orders = orders_found(orders_received(self.organisation), find.words, find.chosen)
        page = page_of(self.request, orders.order_by("-date_placed", "-pk"))
        return super().get_context_data(organisation=self.organisation, page=page, find=find, **kwargs)


class OrderView(SellerRequired, View):
    """What the pages of one received order share: the order, and a way back to its page."""

    @cached_property
    def order(self) -> Order:
        """The order, when this person may answer it."""
        orders = whole(orders_received_by(self.request.user))
        return get_object_or_404(orders, number=self.kwargs["number"])

    def read_again(self) -> None:
        """Lock the order and read it anew: what is looked at now is what will be written over."""
        lock(self.order)
        del self.order

    def page(self, template: str, **context: Any) -> HttpResponse:
        """One page about the order."""
        return render(self.request, f"trade/desk/{template}.html", {"order": self.order, **context})

    def order_page(self, form: ShipForm) -> HttpResponse:
        """The order itself, with who carries it as it is typed."""
        past = past_lines(self.order)
        return self.page("order", **order_context(self.order), past=past, ship_form=form)

    def done(self, sentence: str) -> HttpResponse:
        """Back to the order, with what was done said."""
        messages.success(self.request, sentence)
        return redirect("desk:order", self.order.number)

    def refused(self, refusal: Refusal) -> HttpResponse:
        """Back to the order, with why nothing was done said; an order of others stays unknown."""
        messages.error(self.request, sayable(refusal))
        return redirect("desk:order", self.order.number)

    def over(self) -> HttpResponse:
        """Back to the order from a page that was left open too long, with what happened since said."""
        messages.info(self.request, standing(self.order))
        return redirect("desk:order", self.order.number)


class OrderPage(OrderView):
    """One order: what is asked of the seller now, the goods, the money, the story."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        """The page."""
        return self.order_page(carriage_form(self.order))


class Accept(OrderView):
    """The seller takes the order."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        """Accept, or say why not."""
        try:
            accept_order(self.order, actor=request.user)
        except Refusal as refusal:
            return self.refused(refusal)
        return self.done(phrases.accepted(money_of(self.order)))


class Refuse(OrderView):
    """The seller declines, with a reason."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        """The reasons to choose from, while there is something to refuse."""
        if self.order.status != OrderState.PLACED:
            return self.over()
        return self.page("refuse", form=RefuseForm())

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        """Refuse, or say what is missing."""
        form = RefuseForm(request.POST)
        if not form.is_valid():
            return self.page("refuse", form=form)
        try:
            refuse_order(self.order, actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            return self.refused(refusal)
        return self.done(_("Order refused. The buyer was told, and the lots are free again."))


class Cancel(OrderView):
    """The seller cannot deliver what it had promised, with a reason."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        """The reasons to choose from, while there is something to cancel."""
        if self.order.status not in PROMISED_STATES:
            return self.over()
        return self.page("cancel", form=CancelForm())

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        """Cancel, or say what is missing."""
        form = CancelForm(request.POST)
        if not form.is_valid():
            return self.page("cancel", form=form)
        try:
            cancel_order(self.order, actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            return self.refused(refusal)
        return self.done(phrases.cancelled(gives_back=gives_back(self.order)))


class Lots(OrderView):
    """From which lots a line is taken."""

    @cached_property
    def line(self) -> Any:
        """The line of this order."""
        return next((one for one in self.order.lines.all() if one.pk == self.kwargs["line"]), None)

    def form(self, data: Any = None) -> LotsForm:
        """The lots of the line's product, with what is taken of each."""
        if self.line is None:
            raise NotYours
        asked = LotsForm.lots_asked_for(data or {})
        return LotsForm(self.line, lots_to_choose_from(self.line, asked), data)

    def get(self, request: HttpRequest, number: str, line: int) -> HttpResponse:
        """The quantities by lot, while they can be changed."""
        if not lots_may_change(self.order, line):
            return self.over()
        return self.page("lots", form=self.form(), line=self.line)

    @transaction.atomic
    def post(self, request: HttpRequest, number: str, line: int) -> HttpResponse:
        """Change them, or say why not with what was typed kept."""
        self.read_again()
        form = self.form(request.POST)
        if form.is_valid():
            try:
                rearrange_lots(self.order, actor=request.user, line_id=line, parts=form.parts())
            except Refusal as refusal:
                form.add_error(None, sayable(refusal))
            else:
                return self.done(_("The lots of this line were changed."))
        return self.page("lots", form=form, line=self.line)


class Ship(OrderView):
    """The goods leave, or who carries them is corrected."""

    http_method_names = ["post"]

    @transaction.atomic
    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        """Do it, or say why not with what was typed kept."""
        self.read_again()
        form = carriage_form(self.order, request.POST)
        act, sentence = ship_order, _("Shipped. The buyer was told how to follow the goods.")
        if "correct" in request.POST:
            act = correct_carriage
            sentence = _(
                "Carrier and reference were corrected. The buyer sees them on the page of the order."
            )
        if form.is_valid():
            try:
                act(self.order, actor=request.user, **form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, sayable(refusal))
            else:
                return self.done(sentence)
        elif act is ship_order and self.order.status != OrderState.READY:
            # Sent again, the page corrects who carries: why it does no more than that is said with the rest.
            form.add_error(None, standing(self.order))
        return self.order_page(form)


class PickList(OrderView):
    """What to take from which lot, to be printed."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        """The sheet."""
        return self.page("pick")


def carriage_form(order: Order, data: Any = None) -> ShipForm:
    """Who carries the goods, as far as the order knows."""
    return ShipForm(data, initial={"carrier": order.carrier, "reference": order.tracking_reference})


def is_paid(order: Order) -> bool:
    """Whether every instalment at hand is paid."""
    instalments = instalments_of(order)
    return bool(instalments) and all(one.state == InstalmentState.SETTLED for one in instalments)


def instalments_of(order: Order) -> list[Any]:
    """The instalments of an order read with them; none for an order without a plan."""
    plan = getattr(order, "payment_plan", None)
    return list(plan.instalments.all()) if plan else []


def order_context(order: Order) -> dict[str, Any]:
    """What both desks show of one order."""
    instalments, lines, story = instalments_of(order), list(order.lines.all()), story_of(order)
    lots = lots_swapped(story)
    swaps = swaps_by_line(story, lots)
    for line in lines:
        line.swapped = swaps.get(line.pk, "")
    return {
        "lines": lines,
        "instalments": instalments,
        "refunds": refunds_by_what_waits(refunds_of_order(order)) if instalments else {},
        "timeline": timeline_of(order, story, instalments, lots),
        "paid": is_paid(order),
        "unpaid": unpaid_of(order.status, instalments),
        "gives_back": order.status in ENDED and gives_back(order),
        "lead_time": lead_time_of(order),
        "packing_may_change": packing_may_change(order),
        "packed": list(order.packed_items.all()),
        "photos": list(order.photos.all()) if order.packed_items.all() else [],
    }


def page_of(request: HttpRequest, rows: QuerySet) -> Page:
    """The asked page of a list; the nearest one for a number that does not exist."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
