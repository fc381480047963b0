from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class BasketEmpty(Refusal):
    code = "basket_empty"
    text = _("Your basket is empty, so there is nothing to order yet.")


class BasketNotReady(Refusal):
    code = "basket_not_ready"
    text = _(
        "%(problem)s Nothing was ordered; your basket and your answers were kept. Put it right in the basket."
    )


class StepMissing(Refusal):
    code = "step_missing"
    text = _("The step “%(step)s” is still to be filled in. What you typed was kept.")


class TotalChanged(Refusal):
    code = "total_changed"
    text = _(
        "The total was %(was)s when you looked and is %(now)s now. Nothing was ordered; your basket and your "
        "answers were kept. Look again, then place the order."
    )


class TotalTooLarge(Refusal):
    code = "total_too_large"
    text = _(
        "One order can be worth at most %(most)s. Nothing was ordered; split the basket or ask the seller."
    )


class ExportsOnly(Refusal):
    code = "exports_only"
    text = _(
        "This marketplace is for exports: goods cannot be delivered in Morocco. What you typed was kept; "
        "choose another country or write to the cooperative."
    )


class ReviewChanged(Refusal):
    code = "review_changed"
    text = _(
        "The basket, the buyer, the delivery, the rules or the plan were changed after this page was opened, "
        "perhaps in another tab. Nothing was ordered. This is how it stands now: read it again, then place "
        "the order."
    )


class UnverifiedBuyer(Refusal):
    code = "unverified_buyer"
    text = _(
        "%(organisation)s has not been checked yet, so it can order below %(limit)s at the moment, samples "
        "included. Nothing was ordered; your basket and your answers were kept. Its owner can ask for the "
        "check on the page of the organisation; an officer answers within three working days."
    )


class TrustUsedUp(UnverifiedBuyer):
    code = "trust_used_up"
    text = _(
        "%(organisation)s has not been checked yet, and its open orders reach what it can order until then: "
        "nothing more can be ordered at the moment, samples included. Nothing was ordered; your basket and "
        "your answers were kept. Its owner can ask for the check on the page of the organisation; an officer "
        "answers within three working days."
    )


class SampleUnderway(Refusal):
    code = "sample_underway"
    text = _(
        "A sample of %(title)s is already on its way to your organisation with order %(number)s. Nothing was "
        "ordered; your basket and your answers were kept. Take the sample out of the basket, or wait until "
        "the first one has arrived."
    )


class NotABuyer(Refusal):
    code = "not_a_buyer"
    status = 403
    text = _(
        "You cannot order for this organisation. Nothing was ordered and the basket was kept; ask its owner "
        "to make you a purchaser."
    )


class RequesterGone(Refusal):
    code = "requester_gone"
    text = _(
        "%(who)s is no longer a member who orders for %(organisation)s, so this request cannot be approved. "
        "Nothing was ordered; decline it, and order yourself what is still needed."
    )


class CheckoutClosed(Refusal):
    code = "checkout_closed"
    text = _("This basket has been sent already. Nothing was ordered a second time; see your orders.")


class DeclineReasonMissing(Refusal):
    code = "decline_reason_missing"
    text = _("Please say why: the person who asked reads your reason. Nothing was changed.")
