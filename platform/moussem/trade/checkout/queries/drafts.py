"""The answers a buyer has given so far."""

from functools import cache
from uuid import UUID

from moussem.core.prepared import Prepared, told
from moussem.people.models import User
from moussem.trade.basket.models import Basket
from moussem.trade.checkout.models import CheckoutDraft
from moussem.trade.checkout.states import ASKING, Step


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
