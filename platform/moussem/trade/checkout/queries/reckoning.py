"""What a basket with its answers would be as orders, right now."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import CharField

from moussem.core.errors import require
from moussem.core.money import split_amount
from moussem.core.prepared import Prepared, told
from moussem.organisations.models import Organisation
from moussem.regions.models import Country
from moussem.regions.states import CountryGroup
from moussem.trade.basket.contents import BasketView
from moussem.trade.checkout import errors
from moussem.trade.checkout.answers import Answers, TermAnswer, read_answers
from moussem.trade.checkout.states import Step
from moussem.trade.order.drafts import OrderDraft
from moussem.trade.order.models import Order
from moussem.trade.payment.models import Instalment, PaymentPlan
from moussem.trade.payment.providers import Provider, offered_for
from moussem.trade.payment.queries import shares_of
from moussem.trade.payment.states import Trigger
from moussem.trade.shipping.errors import TermNotOffered
from moussem.trade.shipping.queries import terms_by_seller
from moussem.trade.shipping.terms import Term, check_choice

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Due:
    """An instalment as it will be asked for."""

    share: Decimal
    amount: Decimal
    trigger: Trigger


@dataclass(frozen=True)
class Seen:
    """What was on the screen when the button was pressed: the total, and a digest of all the rest."""

    total: Decimal
    currency: str
    digest: str


@dataclass(frozen=True)
class Reckoning:
    """The orders that placing would make."""

    view: BasketView
    answers: Answers
    country: Country
    drafts: tuple[OrderDraft, ...]

    @property
    def total(self) -> Decimal:
        """What the buyer pays in all."""
        return sum((draft.total for draft in self.drafts), NOTHING)

    @property
    def freight(self) -> Decimal:
        """All carriage."""
        return sum((draft.freight for draft in self.drafts), NOTHING)

    @property
    def seen(self) -> "Seen":
        """What somebody who reads this reckoning has seen."""
        return Seen(self.total, self.view.currency, self._digest)

    @property
    def _digest(self) -> str:
        """Stands for every word of the review: who buys what from whom, where to, how, at which prices."""
        orders = [
            [
                draft.seller.pk,
                draft.incoterm.code,
                draft.named_place,
                draft.mode,
                draft.freight,
                [
                    [line.product.pk, line.quantity, line.is_sample, line.unit_price]
                    for line in draft.group.lines
                ],
            ]
            for draft in self.drafts
        ]
        answers = [self.answers.buyer_id, dict(self.answers.delivery), self.answers.plan, self.view.currency]
        told = json.dumps([answers, orders], sort_keys=True, default=_as_read)
        return hashlib.sha256(told.encode()).hexdigest()

    def instalments_of(self, draft: OrderDraft) -> list[Due]:
        """How one of the orders will be paid, to the cent."""
        return instalments_of(draft, self.view.currency, full=self.answers.pays_in_full)

    @property
    def sums_by_moment(self) -> dict[Trigger, Decimal]:
        """What all orders together ask for at each moment, the first moment first."""
        sums: dict[Trigger, Decimal] = {}
        for draft in self.drafts:
            for due in self.instalments_of(draft):
                sums[due.trigger] = sums.get(due.trigger, NOTHING) + due.amount
        return {moment: sums[moment] for moment in Trigger if moment in sums}


def _as_read(value: Any) -> str:
    # 500 and 500.000 are the same quantity.
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def instalments_of(draft: OrderDraft, currency: str, *, full: bool) -> list[Due]:
    """The instalments of one order as placing it will write them down."""
    shares = shares_of(draft.total, currency, samples_only=draft.group.is_samples_only, full=full)
    amounts = split_amount(draft.total, [share for share, _trigger in shares], currency)
    return [Due(share, amount, trigger) for (share, trigger), amount in zip(shares, amounts, strict=True)]


def ways_to_pay(reckoning: Reckoning) -> list[Provider]:
    """The ways in which at least one of these orders can be paid here."""
    ways: dict[str, Provider] = {}
    for draft in reckoning.drafts:
        order = Order(seller=draft.seller, currency=reckoning.view.currency)
        plan = PaymentPlan(order=order, currency=order.currency, total=draft.total)
        instalment = Instalment(plan=plan, currency=plan.currency, amount=draft.total)
        ways |= {provider.code: provider for provider in offered_for(instalment)}
    return list(ways.values())


def country_of_delivery(code: str) -> Country:
    """The country goods go to; never Morocco."""
    country = _country().first(pk=code)
    require(country is not None and country.group != CountryGroup.HOME, errors.ExportsOnly)
    return country


@cache
def _country() -> Prepared[Country]:
    named = Country.objects.only("name_en", "name_fr", "name_ar", "group")
    return Prepared(named.filter(pk=told("pk", CharField())))


def terms_for(view: BasketView, country: Country) -> dict[int, list[Term]]:
    """Every rule of every seller of the basket, by seller."""
    wanted: list[tuple[Organisation, Decimal | None]] = [
        (group.seller, group.gross_weight_kg) for group in view.groups
    ]
    return terms_by_seller(wanted, country, view.currency)


def chosen_term(terms: list[Term], answer: TermAnswer) -> Term:
    """The term that an answer names, if it can be chosen as answered."""
    term = next((one for one in terms if one.key == answer.key), None)
    require(term, TermNotOffered)
    check_choice(term, answer.mode, answer.place, answer.confirmed)
    return term


def reckoning_of(view: BasketView, raw: Mapping[str, Any]) -> Reckoning:
    """The orders that these answers make of a basket; a refusal names what stands in the way."""
    require(view.groups, errors.BasketEmpty)
    if view.problems:
        raise errors.BasketNotReady(problem=view.problems[0].message)
    answers = read_answers(raw)
    country = country_of_delivery(answers.delivery["country"])
    terms = terms_for(view, country)
    drafts = []
    for group in view.groups:
        answer = answers.terms.get(group.seller.pk)
        require(answer, errors.StepMissing, step=Step.TERMS.label)
        term = chosen_term(terms[group.seller.pk], answer)
        drafts.append(OrderDraft(group, term.incoterm, term.written(answer.place), answer.mode, term.amount))
    return Reckoning(view, answers, country, tuple(drafts))
