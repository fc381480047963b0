"""What stands between a basket and an order. A line may wear one of these as its problem."""

from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class NotOfferedIn(Refusal):
    code = "not_offered_in"
    text = _(
        "“%(title)s” is not offered in %(currency)s. The rest of the basket is as it was; "
        "choose another currency or leave this product out."
    )


class BelowMinimum(Refusal):
    code = "below_minimum"
    text = _("The minimum order of “%(title)s” is %(moq)s.")


class NotAMultiple(Refusal):
    code = "not_a_multiple"
    text = _("“%(title)s” is sold in multiples of %(multiple)s.")


class NotEnoughLeft(Refusal):
    code = "not_enough_left"
    text = _("Of “%(title)s”, %(left)s can still be ordered.")


class NoneLeft(Refusal):
    code = "none_left"
    text = _(
        "Nothing of “%(title)s” is left at the moment. Leave it out, or ask the seller when there will be."
    )


class PriceLapsed(Refusal):
    code = "price_lapsed"
    text = _(
        "The price of “%(title)s” was valid until %(day)s and no longer binds the seller. "
        "Leave it out, or ask the seller for a new price."
    )


class Withdrawn(Refusal):
    code = "withdrawn"
    text = _("“%(title)s” is no longer offered. Leave it out; the rest of the basket is as it was.")


class NoSample(Refusal):
    code = "no_sample"
    text = _("The seller sends no samples of “%(title)s”. The rest of the basket is as it was.")


class SampleSize(Refusal):
    code = "sample_size"
    text = _("A sample of “%(title)s” is %(size)s.")


class QuantityNotUsable(Refusal):
    code = "quantity_not_usable"
    text = _("Give a quantity above zero and up to %(most)s. The basket is as it was.")


class TooMuchTogether(Refusal):
    code = "too_much_together"
    text = _(
        "Your basket holds %(held)s of it already, and a line holds at most %(most)s. The basket is as it "
        "was."
    )


class BasketFull(Refusal):
    code = "basket_full"
    text = _("A basket holds at most %(most)s different products. Order these first; nothing was changed.")


class BasketNotOpen(Refusal):
    code = "basket_not_open"
    text = _(
        "This basket has been sent, perhaps from another window, and can no longer be changed. What it holds "
        "was kept: look under your orders, or put something new into the basket."
    )


class CurrencyUnknown(Refusal):
    code = "currency_unknown"
    text = _("Prices are given in %(currencies)s only. The basket is as it was.")


class LineGone(Refusal):
    code = "line_gone"
    text = _("This product is no longer in your basket. Nothing was changed; look at the basket again.")


class NothingToFix(Refusal):
    code = "nothing_to_fix"
    text = _("Your basket is empty: there is nothing to put right. Nothing was changed.")
