"""What a basket with its answers would be as orders, right now."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_FLOOR, Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, Sum
from django.utils import timezone

from moussem.core.errors import require
from moussem.core.money import split_amount
from moussem.core.prepared import Prepared, told
from moussem.organisations.models import Membership, Organisation
from moussem.organisations.queries import limit_of
from moussem.organisations.rules import is_verified
from moussem.people.models import User
from moussem.regions.models import Country
from moussem.regions.states import CountryGroup
from moussem.trade.basket.contents import BasketView
from moussem.trade.basket.models import Basket
from moussem.trade.checkout import errors
from moussem.trade.checkout.answers import Answers, TermAnswer, read_answers
from moussem.trade.checkout.models import CheckoutDraft
from moussem.trade.checkout.states import ASKING, Step
from moussem.trade.order.drafts import OrderDraft
from moussem.trade.order.models import ApprovalRequest, Line, Order, Purchase
from moussem.trade.order.queries import approvals_for
from moussem.trade.order.states import ApprovalState, OrderState
from moussem.trade.payment.models import Instalment, PaymentPlan
from moussem.trade.payment.providers import Provider, offered_for
from moussem.trade.payment.queries import shares_of
from moussem.trade.payment.states import Trigger
from moussem.trade.shipping.errors import TermNotOffered
from moussem.trade.shipping.queries import terms_by_seller
from moussem.trade.shipping.terms import Term, check_choice

NOTHING = Decimal(0)
LIMIT_COUNTS = timedelta(days=1)
PLACED_LATELY = timedelta(hours=1)
REQUESTS_SHOWN = 3
# These keep lots from other buyers.
HOLDING = (OrderState.PLACED, OrderState.ACCEPTED, OrderState.READY)
UNDERWAY = (*HOLDING, OrderState.SHIPPED)


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
class Quote:
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
        """What somebody who reads this quote has seen."""
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


def ways_to_pay(quote: Quote) -> list[Provider]:
    """The ways in which at least one of these orders can be paid here."""
    ways: dict[str, Provider] = {}
    for draft in quote.drafts:
        order = Order(seller=draft.seller, currency=quote.view.currency)
        plan = PaymentPlan(order=order, currency=order.currency, total=draft.total)
        instalment = Instalment(plan=plan, currency=plan.currency, amount=draft.total)
        ways |= {provider.code: provider for provider in offered_for(instalment)}
    return list(ways.values())


def draft_of(basket: Basket) -> CheckoutDraft | None:
    """What has been answered so far for a basket."""
    return _draft().first(basket=basket.pk) if basket.pk else None


@cache
def _draft() -> Prepared[CheckoutDraft]:
    return Prepared(CheckoutDraft.objects.filter(basket=told("basket")))


def draft_with_key(user: User, key: UUID) -> CheckoutDraft | None:
    """The draft of one of this person's baskets by its one-time key, sent or not."""
    return CheckoutDraft.objects.select_related("basket").filter(key=key, basket__owner=user).first()


def first_open_step(draft: CheckoutDraft | None) -> Step:
    """The first step that still asks for something, else the review."""
    answers = draft.answers if draft else {}
    return next((step for step in ASKING if not answers.get(step)), Step.REVIEW)


def buying_membership(user: User, organisation_id: int) -> Membership | None:
    """The membership under which a person orders for a buyer."""
    return _buying().first(user=user.pk, organisation=organisation_id)


@cache
def _buying() -> Prepared[Membership]:
    memberships = Membership.objects.buying().filter(user=told("user"), organisation=told("organisation"))
    return Prepared(memberships.select_related("organisation__country").order_by("pk")[:1])


def left_of_limit(membership: Membership, currency: str) -> Decimal | None:
    """What a purchaser may still order alone today: an order in parts is still one order. None: no limit.

    What was ordered in another currency uses up the same share of the limit as of its own.
    """
    limit = limit_of(membership, currency)
    if not limit:
        return limit
    since = timezone.now() - LIMIT_COUNTS
    alone = Purchase.objects.filter(
        placed_by=membership.user_id,
        buyer=membership.organisation_id,
        placed_at__gt=since,
        approval_request=None,
    )
    used = {row["currency"]: row["sum"] for row in alone.values("currency").annotate(sum=Sum("total"))}
    limits = dict(membership.limits.filter(currency__in=used).values_list("currency", "amount"))
    return left_of(limit, currency, used, limits | {currency: limit})


def left_of_trust(buyer: Organisation, currency: str) -> Decimal:
    """Below what an organisation that nobody has checked may order, on top of what is kept for it."""
    holding = Order.objects.filter(buyer=buyer, status__in=HOLDING).values("currency")
    held = {row["currency"]: row["sum"] for row in holding.annotate(sum=Sum("total_incl_tax"))}
    limits = settings.UNVERIFIED_BUYER_BELOW
    return left_of(limits.get(currency, NOTHING), currency, held, limits)


def trust_in(buyer: Organisation, view: BasketView) -> Decimal | None:
    """Below what this buyer may order at the moment in the currency of a basket; None: no such limit."""
    return None if is_verified(buyer) else left_of_trust(buyer, view.currency)


def left_of(
    limit: Decimal, currency: str, used: Mapping[str, Decimal], limits: Mapping[str, Decimal]
) -> Decimal:
    """What is left of a limit in one currency when others used up their shares of theirs; never below 0."""
    shares = [amount / limits[code] if limits.get(code) else Decimal(1) for code, amount in used.items()]
    left = limit * (1 - sum(shares, NOTHING))
    return max(left.quantize(Decimal("0.01"), rounding=ROUND_FLOOR), NOTHING)


def sample_underway(buyer: Organisation, products: Collection[int]) -> Line | None:
    """A sample of one of these products that is kept for this buyer or on its way to them."""
    samples = Line.objects.filter(
        is_sample=True, product__in=products, order__buyer=buyer, order__status__in=UNDERWAY
    )
    return samples.select_related("order").order_by("pk").first()


def requests_waiting_of(person: Any) -> list[ApprovalRequest]:
    """The requests for approval that a person sent and that nobody has answered, the newest first."""
    if not person.is_authenticated:
        return []
    mine = approvals_for(person).filter(requested_by=person, state=ApprovalState.PENDING)
    return list(mine.order_by("-requested_at")[:REQUESTS_SHOWN])


def just_placed_by(buyer: User) -> Purchase | None:
    """The purchase that somebody placed within the hour: where "Back" from its page is to lead."""
    since = timezone.now() - PLACED_LATELY
    return Purchase.objects.filter(placed_by=buyer, placed_at__gte=since).order_by("-pk").first()


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
    check_choice(term, answer.mode, answer.place)
    return term


def quote_of(view: BasketView, raw: Mapping[str, Any]) -> Quote:
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
        drafts.append(OrderDraft(group, term.incoterm, answer.place.strip(), answer.mode, term.amount))
    return Quote(view, answers, country, tuple(drafts))
