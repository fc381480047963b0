"""What is typed on the page of an instalment: transfers that arrived, mistakes, and money sent back."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from moussem.core.errors import Refusal
from moussem.core.locks import lock_all
from moussem.core.pages import sayable
from moussem.trade.payment import actions
from moussem.trade.payment.errors import WireMuchMore
from moussem.trade.payment.forms import RefundSentForm, TakeBackForm, WireForm
from moussem.trade.payment.models import Instalment, PaymentAttempt, Refund
from moussem.trade.payment.queries import number_of_entry, refunds_of
from moussem.trade.payment.rules import may_direct_refund, may_record_wire
from moussem.trade.payment.views.paying import InstalmentAction, PayView


class TypedView(PayView):
    """A form on the page of the instalment: refused, it comes back as it was typed."""

    http_method_names = ["post"]

    def answer(self, form: Any, name: str, act: Any, thanks: str) -> HttpResponse:
        """Do it, or show the page with what is wrong."""
        if form.is_valid():
            try:
                done = act(form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, sayable(refusal))
            else:
                self.say(done, thanks)
                return self.back()
        return render(self.request, "payment/pay.html", self.context(**{name: form}), status=422)

    def say(self, done: Any, thanks: str) -> None:
        """What happened."""
        messages.success(self.request, thanks)

    def refund(self) -> Refund:
        """The refund of the address, of this instalment."""
        refund = refunds_of(self.instalment).filter(pk=self.kwargs["pk"]).first()
        if refund is None:
            raise Http404
        return refund


class WireView(TypedView):
    """The seller or staff record what the bank has booked."""

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        instalment = self.instalment
        if not may_record_wire(request.user, instalment):
            raise Http404
        self.recorded_before = {one.pk for one in self.attempts if one.external_id or one.part_of_id}
        form = WireForm(request.POST, instalment=instalment)

        def record(typed: Any) -> PaymentAttempt:
            try:
                return actions.record_wire(instalment, **typed, actor=request.user)
            except WireMuchMore:
                form.ask()
                raise

        return self.answer(form, "wire_form", record, _("The transfer is recorded."))

    def say(self, done: PaymentAttempt, thanks: str) -> None:
        """Recorded, or that this entry was recorded before."""
        if done.pk in self.recorded_before:
            sentence = _(
                "The entry “%(number)s” of the bank statement was recorded already. Nothing was changed. If "
                "yours is another one whose number reads alike, write the day behind it, such as "
                "“12/345 of 20.11”."
            )
            whole = done.part_of or done
            number = number_of_entry(whole.external_id or "", whole.written_as)
            messages.info(self.request, sentence % {"number": number})
            return
        super().say(done, thanks)


class TakeBackView(TypedView):
    """The seller or staff take back an entry that was recorded by mistake."""

    def post(self, request: HttpRequest, reference: str, pk: int) -> HttpResponse:
        attempt = next((one for one in self.attempts if one.pk == pk), None)
        if attempt is None or not may_record_wire(request.user, self.instalment):
            raise Http404
        name = f"back-{attempt.pk}"
        return self.answer(
            TakeBackForm(request.POST, prefix=name),
            name,
            lambda typed: actions.take_back_wire(attempt, **typed, actor=request.user),
            _("The entry is taken back and the buyer told. You can record it again as it should be."),
        )


class ExcessView(InstalmentAction):
    """The seller gives back what came too much."""

    def act(self, instalment: Instalment) -> HttpResponse | None:
        if not may_record_wire(self.request.user, instalment):
            raise Http404
        actions.return_excess(instalment, actor=self.request.user)
        messages.success(
            self.request,
            _("The buyer is asked for the account. As soon as it stands here, send the money back."),
        )
        return None


class CountExcessView(InstalmentAction):
    """The seller counts what came too much towards the next instalment."""

    def act(self, instalment: Instalment) -> HttpResponse | None:
        if not may_record_wire(self.request.user, instalment):
            raise Http404
        mark = self.request.POST.get("mark", "")
        towards = actions.count_excess(instalment, mark=mark, actor=self.request.user).instalment
        said = _("The transfer now counts for both instalments, and the buyer was told.")
        messages.success(self.request, said)
        return redirect("payment:pay", reference=towards.reference)


class RefundAccountView(TypedView):
    """The buyer says where money is to be sent back to."""

    @transaction.atomic
    def post(self, request: HttpRequest, reference: str, pk: int) -> HttpResponse:
        if not may_direct_refund(request.user, self.instalment):
            raise Http404
        # What stands is looked at and written under one lock, for all that goes to the same account.
        list(lock_all(Instalment.objects.filter(plan=self.instalment.plan_id)))
        refund = self.refund()
        return self.answer(
            self.account_form(refund, request.POST),
            f"account-{refund.pk}",
            lambda typed: actions.give_account(refund, **typed, actor=request.user),
            _("Thank you. The seller was told and sends the money back to this account."),
        )


class RefundAgainView(InstalmentAction):
    """A refund that did not go through is asked of its provider once more."""

    def act(self, instalment: Instalment) -> HttpResponse | None:
        actions.refund_again(self.failed(instalment), actor=self.request.user)
        said = _("The refund is sent once more; this page shows what comes of it.")
        messages.success(self.request, said)
        return None

    def failed(self, instalment: Instalment) -> Refund:
        """The refund of the address, for who finds another way for it."""
        refund = refunds_of(instalment).filter(pk=self.kwargs["pk"]).first()
        if refund is None or not may_record_wire(self.request.user, instalment):
            raise Http404
        return refund


class RefundByWireView(RefundAgainView):
    """A refund that did not go through is sent by transfer instead."""

    def act(self, instalment: Instalment) -> HttpResponse | None:
        actions.refund_by_wire(self.failed(instalment), actor=self.request.user)
        said = _("The buyer is asked for the account. As soon as it stands here, send the money back.")
        messages.success(self.request, said)
        return None


class RefundSentView(TypedView):
    """The seller has sent money back."""

    def post(self, request: HttpRequest, reference: str, pk: int) -> HttpResponse:
        refund = self.refund()
        if not may_record_wire(request.user, self.instalment):
            raise Http404
        name = f"sent-{refund.pk}"
        return self.answer(
            RefundSentForm(request.POST, prefix=name),
            name,
            lambda typed: actions.record_refund_sent(
                refund, **typed, sent_to=request.POST.get(f"{name}-account", ""), actor=request.user
            ),
            _("The refund is recorded and the buyer told."),
        )
