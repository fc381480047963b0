from django.utils.translation import gettext_lazy as _

from moussem.core.errors import ChangedSinceShown, Refusal


class RegistrationClosed(Refusal):
    code = "registration_closed"
    text = _("This edition takes no registrations at the moment. Nothing was changed.")


class BuyersOnly(Refusal):
    code = "buyers_only"
    text = _(
        "Only a member who orders for a buyer registers as a buyer. Nothing was sent; register the "
        "organisation first, or come as a visitor."
    )


class BuysNoMore(Refusal):
    code = "buys_no_more"
    text = _(
        "This person does not order for the buyer any more, so nobody is admitted for it. Nothing was "
        "changed; they can register as a visitor."
    )


class DecidedMeanwhile(ChangedSinceShown):
    code = "registration_decided_meanwhile"
    text = _(
        "%(name)s: while you read, something else was decided. %(happened)s Nothing was changed, and nobody "
        "was written to; look at the registration once more."
    )


class NeedsMissing(Refusal):
    code = "needs_missing"
    text = _("Say at least one thing that you want to buy: exhibitors and meetings are chosen by it.")


class ReasonMissing(Refusal):
    code = "reason_missing"
    text = _("Write why: the person reads it. Nothing was changed.")


class NoHostedPlaces(Refusal):
    code = "no_hosted_places"
    text = _(
        "All %(places)s places for hosted buyers are offered or taken. Nothing was changed; raise the "
        "number, or wait until somebody declines."
    )


class HostedPlacesGiven(Refusal):
    code = "hosted_places_given"
    text = _(
        "%(taken)s places are offered or taken already, so %(places)s are too few. Nothing was changed; say "
        "at least %(taken)s."
    )


class NotABuyerYet(Refusal):
    code = "not_a_buyer_yet"
    text = _("Only an admitted buyer can be hosted. Nothing was changed; admit the buyer first.")


class OfferGone(Refusal):
    code = "offer_gone"
    text = _("This offer was answered or taken back already. Nothing was changed.")
