from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class OrderNotYours(Refusal):
    code = "order_not_yours"
    status = 404
    text = _("There is no such order for you. Nothing was changed.")


class ReasonMissing(Refusal):
    code = "order_reason_missing"
    text = _("Please say why: the other side reads your reason. Nothing was changed.")


class PackingIncomplete(Refusal):
    code = "packing_incomplete"
    text = _(
        "The packing list needs one row for each line of the order, with at least one carton "
        "and a gross weight not below the net weight. What you typed was kept; complete it and try again."
    )


class WeightImpossible(Refusal):
    code = "weight_impossible"
    text = _(
        "“%(title)s”: %(ordered)s kg was ordered, so a net weight of %(net)s kg cannot be right. Weights are "
        "in kg: 500 g is written 0.5. The packing list was not changed; what you typed was kept."
    )


class PackingIsFixed(Refusal):
    code = "packing_is_fixed"
    text = _(
        "The packing list of order %(number)s is written once the order is accepted and can be corrected "
        "until the goods leave. It was not changed; write to the buyer."
    )


class PackingCorrectedMeanwhile(Refusal):
    code = "packing_corrected_meanwhile"
    text = _(
        "Somebody else corrected the packing list of order %(number)s while this page was open. Theirs was "
        "kept, and what you typed stands below: look at the order, then send yours again to replace it."
    )


class PhotosMissing(Refusal):
    code = "photos_missing"
    text = _(
        "Add at least one picture of the packed goods: the buyer pays the balance on it. The rows were kept."
    )


class PhotoNotAccepted(Refusal):
    code = "photo_not_accepted"
    text = _(
        "“%(name)s” is not a picture we can use. Choose a JPEG, PNG or WebP of at most 8 MB. "
        "What you typed and the other pictures were kept."
    )


class PaymentOutstanding(Refusal):
    code = "payment_outstanding"
    text = _(
        "%(amount)s is still to be received for order %(number)s, so the goods stay with you. "
        "The order was not changed; you will get a message when the money has arrived."
    )


class CarrierMissing(Refusal):
    code = "carrier_missing"
    text = _("Name the carrier, so that the buyer can follow the goods. Nothing was changed.")


class CarriageIsFixed(Refusal):
    code = "carriage_is_fixed"
    text = _(
        "Carrier and reference of order %(number)s can be corrected while the goods are on their way. "
        "Nothing was changed; write to the buyer."
    )


class TooLateToWithdraw(Refusal):
    code = "too_late_to_withdraw"
    text = _(
        "Order %(number)s has been answered by the seller, so it can no longer be withdrawn here. "
        "It was not changed; write to the seller."
    )


class NotToBeCancelled(Refusal):
    code = "order_not_to_be_cancelled"
    text = _(
        "%(happened)s Only an accepted order whose goods have not left can be cancelled here. Order "
        "%(number)s was not changed; write to the buyer."
    )


class LotsDoNotAddUp(Refusal):
    code = "lots_do_not_add_up"
    text = _(
        "The quantities by lot of “%(title)s” must add up to %(quantity)s. "
        "The lots were not changed; what you typed was kept."
    )


class LotsAreFixed(Refusal):
    code = "lots_are_fixed"
    text = _("Order %(number)s is packed or closed, so its lots stay as they are. Nothing was changed.")


class LotIsPast(Refusal):
    code = "lot_is_past"
    text = _(
        "Lot %(code)s of “%(title)s” was best before %(day)s, so it is neither packed nor shipped. The order "
        "was not changed. Take the goods from another lot: %(others)s."
    )


class LastLotIsPast(Refusal):
    code = "last_lot_is_past"
    text = _(
        "Lot %(code)s of “%(title)s” was best before %(day)s, so it is neither packed nor shipped, and no "
        "other lot is in stock. The order was not changed. Add the lot that replaces it, or cancel the order."
    )


class PhotosAreFixed(Refusal):
    code = "photos_are_fixed"
    text = _(
        "Pictures of order %(number)s can be changed only while it is being packed. Nothing was changed."
    )


class TooManyPhotos(Refusal):
    code = "too_many_photos"
    text = _("An order holds at most %(most)s pictures. The last ones were not kept; remove others first.")
