"""Why a rule cannot be chosen. Freight that is not known is never counted as nothing."""

from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class SeaOnly(Refusal):
    code = "sea_only"
    text = _(
        "%(code)s is a rule for sea and inland waterways only. Choose sea, or FCA, CPT, CIP or DAP for other "
        "transport. What you typed was kept."
    )


class ModeNotPriced(Refusal):
    code = "mode_not_priced"
    text = _(
        "The seller has given a price for %(code)s by %(mode)s only. Choose that transport or another rule. "
        "What you typed was kept."
    )


class NoFreightRate(Refusal):
    code = "no_freight_rate"
    text = _("The seller has given no price for this. Ask the seller, or choose another rule.")


class NotInCurrency(Refusal):
    code = "freight_not_in_currency"
    text = _("The seller has given no price in %(currency)s. Ask the seller, or choose another rule.")


class RateLapsed(Refusal):
    code = "freight_rate_lapsed"
    text = _("The seller’s price was valid until %(day)s. Ask for a new one, or choose another rule.")


class WeightUnknown(Refusal):
    code = "weight_unknown"
    text = _(
        "The packed weight of these goods is not known, so carriage cannot be priced here. Ask the seller, "
        "or choose another rule."
    )


class TermNotOffered(Refusal):
    code = "term_not_offered"
    text = _("This rule is not offered by the seller. Choose another one; what you typed was kept.")


class PlaceUnclear(Refusal):
    code = "place_unclear"
    text = _(
        "Name one town, port or terminal in %(country)s, in 2 to 60 letters: it is written on every "
        "paper. What you typed was kept."
    )


class PlaceNotOne(Refusal):
    code = "place_not_one"
    text = _(
        "“%(place)s” reads like two places, and a rule holds for one, which every paper names. Write one "
        "town, port or terminal in %(country)s, and what belongs to its address after a comma. What you "
        "typed was kept."
    )


class PlaceMaybeSeveral(Refusal):
    code = "place_maybe_several"
    text = _(
        "“%(place)s” can be read as two places, and a rule holds for one, which every paper names. Write one "
        "town, port or terminal in %(country)s, or confirm below that this is the name of one. What you "
        "typed was kept."
    )


class PlaceIsCountry(Refusal):
    code = "place_is_country"
    text = _(
        "%(place)s is a whole country, and the carrier must know where in it the goods are handed over. "
        "Write the town, port or terminal in %(country)s. What you typed was kept."
    )


class PlaceElsewhere(Refusal):
    code = "place_elsewhere"
    text = _(
        "%(place)s does not lie in %(country)s, which this carriage is priced for. Name a place in "
        "%(country)s, or change the address of delivery. What you typed was kept."
    )


class PlaceNotInMorocco(Refusal):
    code = "place_not_in_morocco"
    text = _(
        "Under %(code)s the cooperative hands the goods over in Morocco, and %(place)s does not lie there. "
        "Write the town, port or terminal in Morocco where your carrier takes them. What you typed was kept."
    )


class PlaceMissing(Refusal):
    code = "place_missing"
    text = _("Name the place for %(code)s: a rule without its place means nothing. What you typed was kept.")
