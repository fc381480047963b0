"""Keeps what is typed at checkout. Nothing of a draft is logged: it is not a fact yet."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import transaction

from moussem.core.locks import lock
from moussem.people.models import User
from moussem.trade.basket.models import Basket
from moussem.trade.checkout.models import CheckoutDraft
from moussem.trade.checkout.states import Step


def begin_draft(basket: Basket, *, actor: User) -> CheckoutDraft:
    """The draft of a basket, begun when there is none."""
    return CheckoutDraft.objects.get_or_create(basket=basket, defaults={"key": uuid4()})[0]


def _storable(typed: Mapping[str, Any]) -> dict[str, Any]:
    # What is kept has not passed the form: PostgreSQL takes no NUL, at whatever depth it stands.
    kept = {}
    for name, value in typed.items():
        kept[name] = _storable(value) if isinstance(value, Mapping) else str(value).replace("\0", "")
    return kept


@transaction.atomic
def keep_step(
    draft: CheckoutDraft,
    step: Step,
    *,
    typed: Mapping[str, Any],
    answer: Mapping[str, Any] | None,
    actor: User,
) -> CheckoutDraft:
    """What was typed in a step, kept as typed, and as its answer once it holds together."""
    draft = lock(draft)
    kept = dict(draft.answers)
    kept["typed"] = {**kept.get("typed", {}), step.value: _storable(typed)}
    if answer is None:
        kept.pop(step.value, None)
    else:
        kept[step.value] = dict(answer)
    draft.answers = kept
    draft.save(update_fields=["answers", "changed_at"])
    return draft
