"""What a person has to pay, is paying and has paid."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from moussem.trade.order.forms import FindForm
from moussem.trade.payment.queries import by_urgency, due_now, instalments_for, instalments_found
from moussem.trade.payment.states import COMING_INSTALMENTS, OPEN_INSTALMENTS, InstalmentState

PER_PAGE = 20


class HistoryView(LoginRequiredMixin, View):
    """Everything the person's organisations pay or are paid."""

    def get(self, request: HttpRequest) -> HttpResponse:
        find = FindForm(request.GET, states=InstalmentState.choices)
        found = instalments_found(instalments_for(request.user), find.words, find.chosen)
        page = Paginator(by_urgency(found), PER_PAGE).get_page(request.GET.get("page"))
        mine = set(request.user.memberships.active().values_list("organisation", flat=True))
        orders = [one.plan.order for one in page]
        context = {
            "page": page,
            "find": find,
            "due": due_now(request.user),
            "to_pay": [one for one in page if one.state == InstalmentState.DUE],
            "coming": [one for one in page if one.state in COMING_INSTALMENTS],
            "over": [one for one in page if one.state not in OPEN_INSTALMENTS],
            # A column that says the reader's own name in every row says nothing.
            "shows_seller": not all(order.seller_id in mine for order in orders),
            "shows_buyer": not all(order.buyer_id in mine for order in orders),
        }
        return render(request, "payment/history.html", context)
