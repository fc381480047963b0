"""A plain question to an exhibitor, and its answer."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, ListView

from fairs.editions.views import kept
from fairs.live.stands.queries import asked_by
from matchmaking.parties.states import Side
from matchmaking.requests.actions import answer_enquiry, enquire, withdraw_enquiry
from matchmaking.requests.forms import EnquiryAnswerForm, EnquiryForm
from matchmaking.requests.models import Enquiry
from matchmaking.requests.queries import enquiries_of, enquiry_waiting
from matchmaking.requests.rules import may_enquire
from matchmaking.views.asking import SHOWN, RequestsPage, WritesToOther, dealing
from moussem.core.errors import Refusal
from moussem.core.moves import standing
from moussem.core.once import TakenOnce
from moussem.core.pages import sayable
from moussem.organisations.views.standing import Press

MOST_THREADS = 50


class Enquire(TakenOnce, WritesToOther):
    """A question to one exhibitor; whoever waits for an answer of it is led there."""

    template_name = "matchmaking/enquire.html"
    form_class = EnquiryForm
    page_of_sent, draft = "matchmaking:enquiry", "enquire"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and self.party.side != Side.BUYER:
            raise Http404  # Exhibitors themselves ask nobody.
        return super().dispatch(request, *args, **kwargs)

    def standing(self) -> Any:
        return enquiry_waiting(self.party, self.other)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        (shown,) = dealing(self.party, [self.other])
        return super().get_context_data(
            families=shown["families"], may_enquire=may_enquire(self.matching), **context
        )

    def send(self, form: EnquiryForm) -> Any:
        return enquire(self.party, self.other, actor=self.request.user, text=form.cleaned_data["text"])


class Questions(RequestsPage, ListView):
    """All questions of a party, page by page."""

    template_name = "matchmaking/questions.html"
    context_object_name = "enquiries"
    paginate_by = SHOWN

    def get_queryset(self) -> QuerySet[Enquiry]:
        return enquiries_of(self.party)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        asks = self.party.side == Side.BUYER
        threads = asked_by(self.request.user, self.edition)[:MOST_THREADS] if asks else []
        return super().get_context_data(threads=threads, **context)


class OneEnquiry(RequestsPage):
    """A page or a button about one question, for the two parties to it."""

    @cached_property
    def enquiry(self) -> Enquiry:
        """The question of the address."""
        return get_object_or_404(enquiries_of(self.party).filter(edition=self.edition), pk=self.kwargs["pk"])


class WithdrawEnquiry(OneEnquiry, Press):
    """The button that takes a question back."""

    def press(self) -> str:
        withdraw_enquiry(self.enquiry, actor=self.request.user)
        return _("The question is taken back.")

    def back(self) -> str:
        return reverse("matchmaking:enquiry", args=[self.edition.slug, self.enquiry.pk])


class EnquiryPage(TakenOnce, OneEnquiry, FormView):
    """A question with its answer, for the two parties to it; the exhibitor answers here, once."""

    template_name = "matchmaking/enquiry.html"
    form_class = EnquiryAnswerForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            self.enquiry  # noqa: B018 - a stranger gets 404 before anything else is looked at
        return super().dispatch(request, *args, **kwargs)

    @property
    def is_mine(self) -> bool:
        """Whether this side asked."""
        return self.enquiry.buyer_id == self.party.pk

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        enquiry = self.enquiry
        other = enquiry.exporter if self.is_mine else enquiry.buyer
        (shown,) = dealing(self.party, [other])
        return super().get_context_data(
            enquiry=enquiry,
            other=other,
            families=shown["families"],
            is_mine=self.is_mine,
            stands_now=standing(enquiry),
            may_answer=not self.is_mine and enquiry.is_waiting and may_enquire(self.matching),
            **context,
        )

    def form_valid(self, form: EnquiryAnswerForm) -> HttpResponse:
        try:
            answer_enquiry(self.enquiry, actor=self.request.user, answer=form.cleaned_data["answer"])
        except Refusal as refusal:
            if refusal.status == 404:
                raise Http404 from refusal
            form.add_error(None, sayable(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The answer was sent."))
        address = reverse("matchmaking:enquiry", args=[self.edition.slug, self.enquiry.pk])
        return redirect(kept(f"enquiry-{self.enquiry.pk}", address))
