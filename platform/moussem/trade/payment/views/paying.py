"""One instalment: its page, the ways to pay it and what is typed there."""

from abc import ABC, abstractmethod
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from moussem.core.errors import Refusal
from moussem.core.models import LogEntry
from moussem.organisations.bank import shown
from moussem.trade.payment import actions, phrases, qr
from moussem.trade.payment.errors import NoAttemptOpen, ProviderRefused, ProviderUnreachable
from moussem.trade.payment.forms import RefundAccountForm, RefundSentForm, TakeBackForm, WireForm
from moussem.trade.payment.models import Instalment, PaymentAttempt, Refund
from moussem.trade.payment.providers import PROVIDERS, Provider, offered_for
from moussem.trade.payment.providers.demo import BUTTONS
from moussem.trade.payment.queries import (
    account_known,
    attempts_of,
    buys_for,
    due_of_purchase,
    elsewhere_of,
    entries_of,
    excess_fit,
    excess_of,
    instalment_for,
    number_of_entry,
    overpaid_finding,
    refunds_by_what_waits,
    refunds_of,
    refunds_to_same_account,
    summed,
    taken_back,
)
from moussem.trade.payment.rules import (
    is_sent_by_hand,
    may_direct_refund,
    may_pay,
    may_record_wire,
    pays_old_account,
)
from moussem.trade.payment.states import (
    AWAITED_ATTEMPTS,
    BEGUN_ATTEMPTS,
    BLOCKING_ATTEMPTS,
    ENDED_INSTALMENTS,
    OPEN_INSTALMENTS,
    AttemptState,
    InstalmentState,
    RefundState,
)

_A = AttemptState
LOOK_EVERY = timedelta(seconds=4)
# What is read in groups of four, and copied into a bank’s form in one piece.
IN_FOURS = ("iban", "reference")


@method_decorator(never_cache, name="dispatch")
class InstalmentView(LoginRequiredMixin, View):
    """A page about one instalment; a stranger's is not found."""

    @cached_property
    def instalment(self) -> Instalment:
        """The instalment of the address, when this person may see it."""
        try:
            return instalment_for(self.request.user, self.kwargs["reference"])
        except Instalment.DoesNotExist as unknown:
            raise Http404 from unknown

    @cached_property
    def attempts(self) -> list[PaymentAttempt]:
        """Every try, newest first."""
        return list(attempts_of(self.instalment))

    @property
    def current(self) -> PaymentAttempt | None:
        """The try that the page is about: the newest that may still bring money or has just failed."""
        newest = self.attempts[0] if self.attempts else None
        over = (_A.SUCCEEDED, _A.CANCELLED, _A.RETURNED, _A.RETRACTED)
        return newest if newest and newest.state not in over else None

    def back(self) -> HttpResponse:
        """To the page of the instalment."""
        return redirect("payment:pay", reference=self.instalment.reference)

    def look(self) -> None:
        """Ask the provider again, at most every few seconds; no answer leaves the page as it was."""
        attempt = self.current
        seen_at = attempt.looked_at if attempt else None
        if attempt and (seen_at is None or timezone.now() - seen_at > LOOK_EVERY):
            try:
                actions.look_again(attempt)
            except (ProviderUnreachable, ProviderRefused):
                return
            for name in ("instalment", "attempts"):
                self.__dict__.pop(name, None)

    def stamp(self) -> str:
        """What the page shows, in a word: when it changes, the page is read again."""
        newest = self.attempts[0] if self.attempts else None
        return f"{self.instalment.state}-{newest.state if newest else ''}-{self.instalment.paid}"

    def state_context(self) -> dict[str, Any]:
        """What the live part of the page needs."""
        attempt = self.current
        failed = attempt and attempt.state == _A.FAILED
        turns = refunds_by_what_waits(refunds_of(self.instalment))
        waiting = attempt and attempt.state in (*BEGUN_ATTEMPTS, _A.PROCESSING)
        return {
            "instalment": self.instalment,
            "order": self.instalment.plan.order,
            "attempt": attempt,
            "failure": phrases.failure_sentence(attempt.failure_code) if failed else "",
            "is_live": waiting and self.instalment.state in OPEN_INSTALMENTS,
            "stamp": self.stamp(),
            "for_seller": not buys_for(self.request.user, self.instalment),
            "receiver": may_record_wire(self.request.user, self.instalment),
            "is_over": self.instalment.state in ENDED_INSTALMENTS,
            "held": [one for one in self.attempts if one.state == _A.QUARANTINED],
            **self.excess(),
            **self.mistakes(),
            "turns": turns,
            "sums": {turn: summed(those) for turn, those in turns.items()},
        }

    def mistakes(self) -> dict[str, Any]:
        """What the seller took back as recorded by mistake, and what is not given back because of it."""
        told = taken_back(self.attempts)
        rows = [{"attempt": attempt, "line": line, "entry": entry_of(line)} for attempt, line in told]
        withdrawn = refunds_of(self.instalment).filter(state=RefundState.WITHDRAWN) if told else ()
        return {"mistakes": rows, "not_back": sum((one.amount for one in withdrawn), Decimal(0))}

    def excess(self) -> dict[str, Any]:
        """What came too much, while nobody has decided about it."""
        finding = overpaid_finding(self.instalment) if self.instalment.paid > self.instalment.amount else None
        excess = excess_of(self.instalment) if finding else Decimal(0)
        by_hand = finding and finding.attempt.provider == "wire"
        return {"excess": excess, "by_hand": by_hand, "fit": excess_fit(self.instalment) if excess else None}


def entry_of(line: LogEntry) -> str:
    """The number on the seller's statement that an entry was recorded under."""
    return number_of_entry(str(line.facts.get("bank_reference") or ""), line.facts.get("written_as", ""))


class PayView(InstalmentView):
    """What is due, to whom, and how to pay it."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return render(request, "payment/pay.html", self.context())

    def context(self, **forms: Any) -> dict[str, Any]:
        """Everything on the page; forms that were refused come back as they were typed."""
        instalment, user = self.instalment, self.request.user
        payer = may_pay(user, instalment)
        receiver = may_record_wire(user, instalment)
        is_open = instalment.state in OPEN_INSTALMENTS
        attempt = self.current
        blocked = any(one.state in BLOCKING_ATTEMPTS for one in self.attempts)
        return {
            **self.state_context(),
            "came": sum((one.received for one in self.attempts if one.state == _A.SUCCEEDED), Decimal(0)),
            "instalments_count": instalment.plan.instalments.count(),
            "attempts": [{"attempt": one, "elsewhere": elsewhere_of(one)} for one in self.attempts],
            "refunds": self.refunds(receiver=receiver, typed=forms),
            "recorded": self.recorded(typed=forms) if receiver else [],
            "next_due": self.next_due() if payer else None,
            "payer": payer,
            "nothing_offered": payer and is_open and not blocked and not offered_for(instalment),
            "methods": self.methods() if payer and is_open and not blocked else [],
            "account": _account_rows(attempt),
            "old_account": attempt and pays_old_account(attempt, instalment.plan.order.seller),
            "publishable_key": settings.STRIPE_PUBLISHABLE_KEY,
            "stripe_library": settings.STRIPE_JS,
            "wire_form": forms.get("wire_form")
            or (WireForm(instalment=instalment) if receiver and is_open else None),
        }

    def methods(self) -> list[Provider]:
        """The ways to pay but the one that is already open on the page, to the account of today."""
        attempt = self.current
        begun = attempt.provider if attempt and attempt.state in BEGUN_ATTEMPTS else ""
        if attempt and pays_old_account(attempt, self.instalment.plan.order.seller):
            begun = ""
        return [method for method in offered_for(self.instalment) if method.code != begun]

    def next_due(self) -> Instalment | None:
        """Of what the same purchase still asks for now, the first; None while this one is to be paid."""
        if self.instalment.state != InstalmentState.SETTLED:
            return None
        return due_of_purchase(self.instalment.plan.order.purchase).first()

    def recorded(self, *, typed: dict[str, Any]) -> list[dict[str, Any]]:
        """The entries of the bank statement, each with the form that takes it back while that is possible."""
        rows = []
        for entry in entries_of(self.attempts, refunds_of(self.instalment)):
            name = f"back-{entry.attempt.pk}"
            form = typed.get(name) or TakeBackForm(prefix=name) if entry.is_correctable else None
            told = {"back": entry.back, "stuck": entry.is_stuck, "elsewhere": entry.elsewhere}
            rows.append({"attempt": entry.attempt, "entry": entry.number, "form": form, **told})
        return rows

    def refunds(self, *, receiver: bool, typed: dict[str, Any]) -> list[dict[str, Any]]:
        """What is given back, each with the form that the reader may fill in for it."""
        rows, asked, directs = [], set(), may_direct_refund(self.request.user, self.instalment)
        for refund in refunds_of(self.instalment).exclude(state=RefundState.WITHDRAWN):
            form: Any = None
            by_hand = is_sent_by_hand(refund)
            # A request that has no account yet, or an empty one, waits for it whoever reads.
            to_be_sent = refund.state == RefundState.REQUESTED and not (refund.account and receiver)
            # One form for one account, however many transfers go there.
            same = (refund.holder, refund.account, refund.bic)
            wanted = refund.state == RefundState.DETAILS_WANTED or to_be_sent
            if by_hand and directs and wanted and same not in asked:
                asked.add(same)
                form = typed.get(f"account-{refund.pk}") or self.account_form(refund)
            if by_hand and receiver and refund.state == RefundState.REQUESTED and refund.account:
                form = typed.get(f"sent-{refund.pk}") or RefundSentForm(prefix=f"sent-{refund.pk}")
            why = phrases.refund_reason(refund.reason)
            rows.append(
                {
                    "refund": refund,
                    "why": why,
                    "form": form,
                    "many": len(refunds_to_same_account(refund)) if form and not receiver else 1,
                    "is_sent_form": isinstance(form, RefundSentForm),
                    "corrects": bool(form and refund.account and not receiver),
                    "account": shown(refund.account) if refund.account[:2].isalpha() else refund.account,
                    "sent_to": refund.masked_account if by_hand and refund.state == RefundState.DONE else "",
                    "waits_for_seller": by_hand and refund.state == RefundState.REQUESTED and refund.account,
                }
            )
        return rows

    def account_form(self, refund: Refund, sent: Any = None) -> RefundAccountForm:
        """Where a refund goes to; an account that the buyer has named before stands in it already."""
        known = account_known(self.instalment.plan.order.buyer)
        return RefundAccountForm(sent, prefix=f"account-{refund.pk}", refund=refund, known=known)


def _account_rows(attempt: PaymentAttempt | None) -> list[dict[str, Any]]:
    """Where to send a transfer: what is shown, and what is copied."""
    rows = attempt.instructions.get("rows", []) if attempt and attempt.state != _A.FAILED else []
    return [
        {
            "label": phrases.ACCOUNT_LABELS.get(key, key),
            "value": "".join(value.split()) if key in IN_FOURS else value,
            "in_fours": key in IN_FOURS,
            "is_code": key not in ("holder", "bank"),
        }
        for key, value in rows
    ]


class StateView(InstalmentView):
    """The live part: looks again, and has the page read anew when something changed."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        self.look()
        response = render(request, "payment/parts/state.html", self.state_context())
        if request.GET.get("was") not in (None, self.stamp()):
            response["HX-Refresh"] = "true"
        return response


class ReturnView(InstalmentView):
    """Where a provider sends the payer back to; what its address says is not believed, only looked at."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        self.look()
        if self.instalment.state == InstalmentState.SETTLED:
            messages.success(request, _("Your payment has arrived. Thank you."))
        return self.back()


class InstalmentAction(ABC, InstalmentView):
    """A button: does one thing, says what happened, shows the page again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        instalment = self.instalment
        try:
            return self.act(instalment) or self.back()
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return self.back()

    @abstractmethod
    def act(self, instalment: Instalment) -> HttpResponse | None:
        """Do it; another page than the instalment's where there is one."""

    def open_attempt(self) -> PaymentAttempt:
        """The try that is under way."""
        if self.current is None:
            raise NoAttemptOpen
        return self.current


class StartView(InstalmentAction):
    """Begin to pay in the chosen way."""

    def act(self, instalment: Instalment) -> HttpResponse | None:
        code = self.request.POST.get("method", "")
        attempt = actions.start_attempt(instalment, code, actor=self.request.user)
        return redirect("payment:demo", instalment.reference) if attempt.provider == "demo" else None


class AnnounceView(InstalmentAction):
    """The payer has ordered the transfer."""

    def act(self, instalment: Instalment) -> HttpResponse | None:
        actions.announce_wire(self.open_attempt(), actor=self.request.user)
        messages.success(
            self.request, _("Thank you. We tell you as soon as the seller’s bank has booked it.")
        )
        return None


class WithdrawView(InstalmentAction):
    """The payer did not order it after all."""

    def act(self, instalment: Instalment) -> HttpResponse | None:
        actions.withdraw_wire(self.open_attempt(), actor=self.request.user)
        messages.info(self.request, _("The transfer is no longer waited for. You can choose another way."))
        return None


class QrView(InstalmentView):
    """The transfer as a QR code."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        attempt = self.current
        if attempt is None or attempt.provider != "wire" or attempt.state not in AWAITED_ATTEMPTS:
            raise Http404
        account = dict(attempt.instructions["rows"])
        code = qr.transfer_code(
            holder=account["holder"],
            iban=account["iban"],
            bic=account.get("bic", ""),
            amount=attempt.amount,
            currency=attempt.currency,
            reference=self.instalment.reference,
        )
        return HttpResponse(qr.drawn(code), content_type="image/svg+xml")


class DemoView(InstalmentView):
    """The demonstration's bank, in our look."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMONSTRATION:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        if (attempt := self.demo_attempt()) is None:
            return self.back()
        stands = PROVIDERS["demo"].stands(attempt)
        buttons = [(name, *phrases.DEMO_BUTTONS[name]) for name in BUTTONS.get(stands, {})]
        shown = {**self.state_context(), "attempt": attempt, "buttons": buttons, "stands": stands}
        return render(request, "payment/demo.html", shown)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        if (attempt := self.demo_attempt()) is None:
            return self.back()
        if may_pay(request.user, self.instalment) and PROVIDERS["demo"].press(
            attempt, request.POST.get("answer", "")
        ):
            actions.look_again(attempt, actor=request.user)
        asks = PROVIDERS["demo"].stands(PaymentAttempt.objects.get(pk=attempt.pk)) == "confirming"
        return redirect("payment:demo" if asks else "payment:pay", reference=self.instalment.reference)

    def demo_attempt(self) -> PaymentAttempt | None:
        """The newest try at the demonstration's bank; None once it was given up in another tab."""
        tries = [attempt for attempt in self.attempts if attempt.provider == "demo"]
        if not tries:
            raise Http404
        return next((attempt for attempt in tries if attempt.state != _A.CANCELLED), None)
