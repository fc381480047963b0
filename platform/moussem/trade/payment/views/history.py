"""What a person has to pay, is paying and has paid."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from moussem.trade.order.forms import FindForm
from moussem.trade.payment.models import Instalment
from moussem.trade.payment.queries import (
    accounts_wanted,
    by_urgency,
    due_now,
    instalments_for,
    instalments_found,
    refunds_by_what_waits,
    refunds_waiting,
    summed,
    with_goods,
)
from moussem.trade.payment.states import COMING_INSTALMENTS, OPEN_INSTALMENTS, InstalmentState

PER_PAGE = 20


class HistoryView(LoginRequiredMixin, View):
    """Everything the person's organisations pay or are paid."""

    def get(self, request: HttpRequest) -> HttpResponse:
        find = FindForm(request.GET, states=InstalmentState.choices)
        found = instalments_found(instalments_for(request.user), find.words, find.chosen)
        page = Paginator(with_goods(by_urgency(found)), PER_PAGE).get_page(request.GET.get("page"))
        mine = set(request.user.memberships.active().values_list("organisation", flat=True))
        waiting = refunds_waiting(attempt__instalment__in=[one.pk for one in page])
        turns = refunds_by_what_waits(waiting)
        turn_of: dict[int, str] = {}
        for turn, those in turns.items():
            for refund in those:
                # Of several turns, that of the reader comes first.
                turn_of.setdefault(refund.attempt.instalment_id, turn)
        for one in page:
            one.turn = turn_of.get(one.pk, "")
        wanted = accounts_wanted(request.user)
        goes_back = [one for one in page if is_going_back(one)]
        orders = [one.plan.order for one in page]
        context = {
            "page": page,
            "find": find,
            "wanted": wanted,
            "wanted_sums": summed(wanted),
            "due": due_now(request.user),
            "to_pay": [one for one in page if one.state == InstalmentState.DUE],
            "coming": [one for one in page if one.state in COMING_INSTALMENTS],
            "goes_back": goes_back,
            "over": [one for one in page if one.state not in OPEN_INSTALMENTS and one not in goes_back],
            # A column that says the reader's own name in every row says nothing.
            "shows_seller": not all(order.seller_id in mine for order in orders),
            "shows_buyer": not all(order.buyer_id in mine for order in orders),
        }
        return render(request, "payment/history.html", context)


def is_going_back(instalment: Instalment) -> bool:
    """Whether money of a closed instalment is still to go back."""
    waits = instalment.turn and instalment.state not in OPEN_INSTALMENTS
    return instalment.state == InstalmentState.REFUNDING or bool(waits)
