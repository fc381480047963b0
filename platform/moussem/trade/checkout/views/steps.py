"""The steps that ask: each keeps what is typed, and leads on once it holds together."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from django.contrib import messages
from django.core.signing import Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import get_script_prefix, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from moussem.core.errors import Refusal
from moussem.organisations.access import BuyerRequired
from moussem.organisations.states import MANAGING_ROLES
from moussem.trade.basket.contents import BasketView
from moussem.trade.basket.queries import basket_for, view_of
from moussem.trade.checkout import errors
from moussem.trade.checkout.actions import begin_draft, keep_step
from moussem.trade.checkout.forms import DeliveryForm, PaymentForm, TermForm
from moussem.trade.checkout.models import CheckoutDraft
from moussem.trade.checkout.queries import (
    Reckoning,
    country_of_delivery,
    draft_of,
    first_open_step,
    just_placed_by,
    reckoning_of,
    terms_for,
    trust_in,
    ways_to_pay,
)
from moussem.trade.checkout.states import ASKING, PlanChoice, Step

BASKET = "basket:summary"
WAITING = "sent_without_session"
WRITER = Signer(salt="checkout.delivery")
# Where a refusal is put right, when not at the rules.
MENDED_AT = {
    errors.BasketEmpty: BASKET,
    errors.BasketNotReady: BASKET,
    errors.CheckoutClosed: BASKET,
    errors.ExportsOnly: "checkout:delivery",
}


def steps_shown() -> list[tuple[str, str, str]]:
    """The steps as the component draws them."""
    return _steps_in(get_language(), get_script_prefix())


@lru_cache(maxsize=16)
def _steps_in(language: str | None, prefix: str) -> list[tuple[str, str, str]]:
    return [(step.value, str(step.label), reverse(f"checkout:{step.value}")) for step in Step]


@method_decorator(never_cache, name="dispatch")
class CheckoutPage(ABC, BuyerRequired, View):
    """A page of the checkout: only with a basket that can be ordered, and no step left out before it."""

    step: Step

    @cached_property
    def basket_view(self) -> BasketView:
        """What is about to be ordered."""
        return view_of(basket_for(self.request))

    @cached_property
    def draft(self) -> CheckoutDraft | None:
        """What has been answered so far."""
        return draft_of(self.basket_view.basket)

    @property
    def answers(self) -> dict[str, Any]:
        """The answers, under the organisation this page is used for."""
        kept = self.draft.answers if self.draft else {}
        return {**kept, "buyer": self.organisation.pk}

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.elsewhere() or self.show(request)

    def elsewhere(self) -> HttpResponse | None:
        """Where to go first, when this step cannot be taken yet."""
        if not self.basket_view.groups and (placed := just_placed_by(self.request.user)):
            said = _("This basket is ordered already: it is purchase %(number)s. Nothing was ordered twice.")
            messages.info(self.request, said % {"number": placed.number})
            return redirect("checkout:placed", number=placed.number)
        if not self.basket_view.groups or self.basket_view.problems:
            refusal = (self.basket_view.problems or (errors.BasketEmpty(),))[0]
            messages.warning(self.request, refusal.message)
            return redirect(BASKET)
        order = list(Step)
        missing = first_open_step(self.draft)
        if order.index(missing) < order.index(self.step):
            return redirect(f"checkout:{missing}")
        return None

    def mend(self, refusal: Refusal) -> HttpResponse:
        """The refusal said where it can be put right."""
        messages.error(self.request, refusal.message)
        missing = first_open_step(self.draft)
        at_rules = f"checkout:{missing if missing in (Step.DELIVERY, Step.TERMS) else Step.TERMS}"
        return redirect(MENDED_AT.get(type(refusal), at_rules))

    @abstractmethod
    def show(self, request: HttpRequest) -> HttpResponse:
        """The page, when this step can be taken."""

    def page(self, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """The page of this step."""
        trust = trust_in(self.organisation, self.basket_view)
        known = context.get("total", self.basket_view.subtotal)
        total = context["reckoning"].total if "reckoning" in context else known
        shared = {
            "view": self.basket_view,
            "organisation": self.organisation,
            "manages": self.membership.role in MANAGING_ROLES,
            "trust": trust,
            "above_trust": trust is not None and total >= trust,
            "steps_shown": steps_shown(),
            "step": self.step.value,
        }
        return render(self.request, f"checkout/{self.step}.html", {**shared, **context}, status=status)


class AskingStep(CheckoutPage):
    """A step with a form."""

    def typed(self) -> dict[str, Any]:
        """What was typed here before, whether it held together or not."""
        kept = self.draft.answers if self.draft else {}
        return kept.get("typed", {}).get(self.step.value) or kept.get(self.step.value) or {}

    def keep(self, typed: dict[str, Any], answer: dict[str, Any] | None) -> None:
        """Keep this step."""
        draft = self.draft or begin_draft(self.basket_view.basket, actor=self.request.user)
        keep_step(draft, self.step, typed=typed, answer=answer, actor=self.request.user)

    def on(self) -> HttpResponse:
        """The next step."""
        order = [*ASKING, Step.REVIEW]
        return redirect(f"checkout:{order[order.index(self.step) + 1]}")


class DeliveryStep(AskingStep):
    """Organisation and delivery."""

    step = Step.DELIVERY

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What is sent after the session has ended waits in the new one until its writer signs in."""
        if request.method == "POST" and not request.user.is_authenticated:
            typed = {name: request.POST.get(name, "")[:1000] for name in DeliveryForm.base_fields}
            request.session[WAITING] = {"typed": typed, "writer": request.POST.get("writer", "")[:100]}
        return super().dispatch(request, *args, **kwargs)

    def show(self, request: HttpRequest) -> HttpResponse:
        return self.delivery_page(DeliveryForm(initial=self.waiting() or self.typed() or self.known()))

    def delivery_page(self, form: DeliveryForm, status: int = 200) -> HttpResponse:
        """The form, signed for whoever fills it in."""
        return self.page({"form": form, "writer": WRITER.sign(self.request.user.pk)}, status=status)

    def waiting(self) -> dict[str, str]:
        """What this person had sent when the session had ended; nothing of what somebody else had typed."""
        kept = self.request.session.pop(WAITING, None)
        if kept is None or kept["writer"] != WRITER.sign(self.request.user.pk):
            return {}
        said = _("What you had typed was kept. Look it over, then send it.")
        messages.info(self.request, said, extra_tags="typed-kept")
        return kept["typed"]

    def known(self) -> dict[str, str]:
        """What the organisation's page says already."""
        buyer, person = self.organisation, self.request.user
        lines = [line for line in buyer.address.splitlines() if line.strip()]
        return {
            "contact": person.get_full_name(),
            "line1": lines[0] if lines else "",
            "city": buyer.city,
            "country": buyer.country_id,
            "phone": buyer.phone,
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        if (elsewhere := self.elsewhere()) is not None:
            return elsewhere
        form = DeliveryForm(request.POST)
        typed = {name: request.POST.get(name, "")[:1000] for name in form.fields}
        self.keep(typed, form.answer if form.is_valid() else None)
        return self.on() if form.is_valid() else self.delivery_page(form, status=422)


class TermsStep(AskingStep):
    """A rule of Incoterms with its named place for each cooperative."""

    step = Step.TERMS

    def forms(self, sent: Any = None) -> list[TermForm]:
        """One form for each cooperative of the basket."""
        country = country_of_delivery(self.answers[Step.DELIVERY]["country"])
        terms, typed = terms_for(self.basket_view, country), self.typed()
        city = self.answers[Step.DELIVERY]["city"]
        return [
            TermForm(
                sent,
                group=group,
                terms=terms[group.seller.pk],
                initial={"place": city, **_told(typed.get(str(group.seller.pk), {}))},
            )
            for group in self.basket_view.groups
        ]

    def show(self, request: HttpRequest) -> HttpResponse:
        return self.page(self.context(self.forms()))

    def context(self, forms: list[TermForm]) -> dict[str, Any]:
        """The forms, and each rule once for the comparison."""
        rules = {term.incoterm.code: term.incoterm for form in forms for term, _mode in form.offered}
        drafts = [draft for form in forms if (draft := form.draft)]
        freight = sum((draft.freight for draft in drafts), Decimal(0))
        return {
            "forms": forms,
            "rules": sorted(rules.values(), key=lambda rule: rule.order),
            "drafts": drafts,
            "freight": freight,
            "total": self.basket_view.subtotal + freight,
            "unchosen": len(forms) - len(drafts),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        if (elsewhere := self.elsewhere()) is not None:
            return elsewhere
        forms = self.forms(request.POST)
        valid = len([form for form in forms if form.is_valid()]) == len(forms)
        typed = {
            str(form.group.seller.pk): {
                name: str(form.data.get(form.add_prefix(name), ""))[:200] for name in form.fields
            }
            for form in forms
        }
        answer = {str(form.group.seller.pk): form.answer for form in forms} if valid else None
        self.keep(typed, answer)
        if "update" in request.POST:
            # Only the sums were asked for: what is still missing is said when the step is sent.
            return redirect("checkout:terms")
        return self.on() if valid else self.page(self.context(forms), status=422)


def _told(typed: Mapping[str, str]) -> dict[str, str]:
    # A rule with a place of its own asks for none: what stays empty there says nothing for another rule.
    return {name: value for name, value in typed.items() if value}


class PaymentStep(AskingStep):
    """A deposit and a balance, or everything at once."""

    step = Step.PAYMENT

    def reckoning(self, plan: PlanChoice) -> Reckoning:
        """The orders under one plan."""
        return reckoning_of(self.basket_view, {**self.answers, Step.PAYMENT: {"plan": plan.value}})

    def context(self, form: PaymentForm) -> dict[str, Any]:
        """Both plans, to the cent."""
        deposit = self.reckoning(PlanChoice.DEPOSIT)
        full = self.reckoning(PlanChoice.FULL)
        form.tell({PlanChoice.DEPOSIT: deposit, PlanChoice.FULL: full})
        return {"form": form, "reckoning": deposit, "full": full, "ways": ways_to_pay(full)}

    def show(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.page(self.context(PaymentForm(initial=self.typed() or {"plan": PlanChoice.DEPOSIT})))
        except Refusal as refusal:
            return self.mend(refusal)

    def post(self, request: HttpRequest) -> HttpResponse:
        if (elsewhere := self.elsewhere()) is not None:
            return elsewhere
        form = PaymentForm(request.POST)
        self.keep({"plan": request.POST.get("plan", "")[:20]}, form.answer if form.is_valid() else None)
        if form.is_valid():
            return self.on()
        try:
            return self.page(self.context(form), status=422)
        except Refusal as refusal:
            return self.mend(refusal)
