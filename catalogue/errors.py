from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class LotGone(Refusal):
    code = "lot_gone"
    text = _(
        "Only %(left)s %(unit)s of “%(title)s” are left. Your basket is kept as it was; "
        "choose a smaller quantity or take the product out."
    )


class NotACatalogue(Refusal):
    code = "not_a_catalogue"
    text = _("%(file)s cannot be imported (%(reason)s). Nothing was imported.")


class NotReadyToList(Refusal):
    code = "not_ready_to_list"
    text = _("“%(title)s” stays a draft, with everything you wrote. Still needed: %(missing)s")


class DraftWasListed(Refusal):
    code = "draft_was_listed"
    text = _(
        "“%(title)s” is or was listed, and orders may name it: it cannot be deleted. Nothing was changed; a "
        "product that is hidden stays hidden until you list it again."
    )


class LadderEmpty(Refusal):
    code = "ladder_empty"
    text = _("A price ladder needs at least one step. The prices are kept as they were.")


class LadderNotRising(Refusal):
    code = "ladder_not_rising"
    text = _(
        "Each step must begin at a larger quantity than the one before it. The prices are kept as they were."
    )


class LadderPriceRises(Refusal):
    code = "ladder_price_rises"
    text = _(
        "A larger quantity costs more per unit here. The prices are kept as they were; "
        "confirm below if you mean it."
    )


class LadderPriceJumps(Refusal):
    code = "ladder_price_jumps"
    text = _(
        "The price of %(quantity)s goes from %(was)s to %(now)s. The prices are kept as they were; confirm "
        "below if you mean it."
    )


class LadderStartsElsewhere(Refusal):
    code = "ladder_starts_elsewhere"
    text = _(
        "The ladder in %(currency)s has a second step at or below %(quantity)s, so the minimum order cannot "
        "move there. The prices are kept as they were; change that ladder first."
    )


class MinimumNotOrderable(Refusal):
    code = "minimum_not_orderable"
    text = _(
        "It is ordered in multiples of %(multiple)s, so nobody could order the minimum of %(quantity)s. "
        "Nothing was saved; begin the prices at a whole number of the multiples, or change the multiple "
        "first."
    )


class StepNotOrderable(Refusal):
    code = "step_not_orderable"
    text = _(
        "It is ordered in multiples of %(multiple)s, so nobody could order the %(quantity)s at which one of "
        "the prices begins. Nothing was saved; begin that price at %(nearest)s, or change the multiple first."
    )


class LastPrice(Refusal):
    code = "last_price"
    text = _(
        "These are the only prices of a product that visitors see. They are kept as they were; hide the "
        "product from visitors first, or write prices in another currency."
    )


class PackagingGap(Refusal):
    code = "packaging_gap"
    text = _(
        "A carton holds units and a pallet holds cartons: describe the smaller level first. "
        "The packaging is kept as it was."
    )


class ProductCodeTaken(Refusal):
    code = "product_code_taken"
    field = "seller_code"
    text = _("Another of your products has the code %(code)s. Nothing was saved; choose another code.")


class LotCodeTaken(Refusal):
    code = "lot_code_taken"
    text = _("You have a lot numbered %(code)s already. Nothing was added; choose another number.")


class LotPromised(Refusal):
    code = "lot_promised"
    text = _(
        "%(promised)s %(unit)s of this lot are reserved or sold, so it cannot hold less. "
        "The lot is kept as it was."
    )


class LotHeld(Refusal):
    code = "lot_held"
    text = _(
        "Orders with goods of this lot, those already sent among them: %(orders)s. Their buyers will be told "
        "what you changed. Nothing is saved yet; confirm below if the new values are right."
    )


class CertificateTwice(Refusal):
    code = "certificate_twice"
    text = _("This certificate is in your list already, under the same number. Nothing was added.")


class CertificateDates(Refusal):
    code = "certificate_dates"
    text = _("The certificate ends before it begins. Nothing was saved; correct the dates.")


class EvidenceNeeded(Refusal):
    code = "evidence_needed"
    text = _(
        "There is no paper to look at: the certificate stays “%(here)s”. Ask the seller to send its document."
    )


class MoreIsAsked(Refusal):
    code = "more_is_asked"
    text = _(
        "The seller asks that this certificate cover more than was checked. Refuse that first: what was "
        "checked stands. Set the certificate back afterwards if its paper no longer holds. Nothing was "
        "changed."
    )


class NothingIsAsked(Refusal):
    code = "nothing_is_asked"
    text = _("The seller asks for nothing besides what was checked. Nothing was changed.")


class NoNewTitles(Refusal):
    code = "no_new_titles"
    text = _(
        "No product of this certificate has another title than the one that was checked. Nothing was changed."
    )


class PhotoRefused(Refusal):
    code = "photo_refused"
    reasons = {
        "kind": _("it is not a JPEG, PNG or WebP picture"),
        "bytes": _("it is larger than 10 MB"),
        "pixels": _("it has more than 60 million pixels"),
        "small": _("it is smaller than 300 pixels on one side"),
        "broken": _("it cannot be read"),
        "many": _("there are twelve photos already"),
    }
    text = _("This photo was not added: %(reason)s. The others are kept.")


class PaperRefused(Refusal):
    code = "paper_refused"
    reasons = {
        "kind": _("it is not a PDF, JPEG or PNG file"),
        "bytes": _("it is larger than 8 MB"),
        "active": _("the PDF holds a program, an attached file or something that leads out of it"),
        "bomb": _("it is too intricate to be looked through; print it as a PDF and send that"),
        "broken": _("it is damaged or shows no page; save it anew as a PDF and send that"),
        "locked": _("it opens with a password alone; save it without and send that"),
    }
    text = _("This document was not taken: %(reason)s. Nothing was saved.")


class LotPast(Refusal):
    code = "lot_past"
    text = _(
        "Lot %(code)s is past its best-before date: nothing more is taken from it. The lots were not "
        "changed; choose another lot."
    )


class LotShort(Refusal):
    code = "lot_short"
    text = _(
        "Lot %(code)s has only %(left)s %(unit)s free. The lots were not changed; what you typed was kept."
    )
