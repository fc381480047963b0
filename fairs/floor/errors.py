from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class BoothTaken(Refusal):
    code = "booth_taken"
    text = _("Booth %(number)s has just been taken. Nothing was changed; choose another one.")


class HasBooth(Refusal):
    code = "exhibitor_has_booth"
    text = _(
        "%(exhibitor)s stands in booth %(number)s already. Nothing was changed; move it from there instead."
    )


class HasMoved(Refusal):
    code = "exhibitor_has_moved"
    text = _("%(exhibitor)s does not stand there any more. Nothing was changed; reload the plan.")


class NotOfThisEdition(Refusal):
    code = "booth_of_another_edition"
    text = _(
        "Booth %(number)s belongs to another edition than this exhibitor. Nothing was changed; choose a "
        "booth of the same edition."
    )


class NotOnPlan(Refusal):
    code = "booth_not_on_plan"
    text = _("Booth %(number)s is not on the plan any more. Nothing was changed; choose another one.")


class NeedsNoBooth(Refusal):
    code = "exhibitor_needs_no_booth"
    text = _(
        "%(exhibitor)s takes part on a screen and has no booth. Nothing was changed; choose another "
        "exhibitor."
    )


class BoothsMeetSo(Refusal):
    code = "booths_meet_so"
    text = _(
        "%(count)s booths are drawn for this fair, and a fair on a screen has none. Nothing was changed; "
        "delete the halls first, or make the fair hybrid."
    )


class ExhibitorLeft(Refusal):
    code = "exhibitor_left"
    text = _("%(exhibitor)s has given its place back. Nothing was changed; choose another exhibitor.")


class AlreadyFree(Refusal):
    code = "booth_free_already"
    text = _("Booth %(number)s is free already. Nothing was changed.")


class NobodyToSeat(Refusal):
    code = "nobody_to_seat"
    text = _(
        "There was nothing to allot: every exhibitor has a booth, or no booth is free. Nothing was changed."
    )


class NothingToUndo(Refusal):
    code = "run_undone_already"
    text = _("This run was undone already. Nothing was changed.")


class RunStands(Refusal):
    code = "run_stands_while_the_fair_runs"
    text = _(
        "The fair runs, and its visitors find exhibitors by their numbers. Nothing was changed; change "
        "booths one by one."
    )


class RunHasMoved(Refusal):
    code = "run_has_moved"
    text = _("Booths of this run were changed meanwhile. Nothing was undone; look at the number once more.")


class BoothsInUse(Refusal):
    code = "booths_in_use"
    text = _(
        "The new plan leaves out booths where somebody stands: %(numbers)s. The old plan stays; free these "
        "booths first, or keep them on the plan."
    )


class BoothsWouldGo(Refusal):
    code = "free_booths_would_go"
    text = _(
        "The new plan leaves out free booths: %(numbers)s. The plan stays as it was; agree below that they "
        "go and send the new one again, or send one that has them."
    )


class NumbersElsewhere(Refusal):
    code = "booth_numbers_elsewhere"
    text = _(
        "Another hall of this edition has these booth numbers already: %(numbers)s. The plan was not "
        "changed; let this one begin with another row."
    )


class TooManyBooths(Refusal):
    code = "too_many_booths"
    text = _(
        "This plan has %(count)s booths, and a hall holds %(most)s at most. Nothing was changed; divide the "
        "hall in two."
    )


class BoothsOverlap(Refusal):
    code = "booths_overlap"
    text = _(
        "Booths %(one)s and %(other)s would stand in each other. The plan was not changed; correct the "
        "drawing."
    )


class BoothTooLarge(Refusal):
    code = "booth_too_large"
    field = "metres"
    text = _(
        "By this width booth %(number)s would have more than 100,000 m². The plan was not changed; write the "
        "width of the whole drawing again."
    )


class HallInUse(Refusal):
    code = "hall_in_use"
    text = _(
        "Somebody stands, or stood, in booths of this hall. It was not deleted; a new plan can replace it."
    )


class DrawingRefused(Refusal):
    code = "drawing_refused"
    text = _("The drawing was not taken: %(reason)s The plan stays as it was.")
    reasons = {
        "bytes": _("it is larger than 2 MB."),
        "entities": _("it declares entities, which a plan does not need. Export it as plain SVG."),
        "hostile": _(
            "it would run or fetch something from elsewhere (%(parts)s), which no plan needs. Take these "
            "parts out, or export it as plain SVG."
        ),
        "unreadable": _("it cannot be read as SVG. Export it as plain SVG."),
        "size": _("it does not say how large it is. Give it a viewBox."),
        "narrow": _("it is more than 50 times as long as it is wide. Give it the viewBox of its hall."),
        "no_booths": _("no shape has a booth number as its id, such as B12."),
        "twice": _("booth %(number)s is in it twice."),
        "no_shape": _("booth %(number)s has no shape that can be measured."),
        "outside": _("booth %(number)s lies outside of the drawing, or is too small."),
        "transform": _("a shape is moved in a way that cannot be read."),
        "elements": _("it has more than 5,000 parts. Simplify it."),
        "depth": _("its parts stand more than 30 deep in each other. Simplify it."),
        "letters": _("one of its parts is described in more than 64,000 characters. Simplify it."),
        "far": _("a number in it is larger than any plan needs."),
        "heavy": _("what is drawn around the booths is too much for a light page. Simplify it."),
    }


class OfferOver(Refusal):
    code = "fair_offer_over"
    text = _("%(day)s is over where the fair is held. The offer was not kept; choose a day to come.")


class OfferOutlives(Refusal):
    code = "fair_offer_outlives"
    field = "last_day"
    text = _(
        "An offer of the fair ends with it at the latest, on %(day)s. The offer was not kept; choose a day "
        "until then."
    )


class OfferEmpty(Refusal):
    code = "fair_offer_empty"
    text = _("Say what you offer in one language at least. The offer was not kept.")


class TooManyOnPage(Refusal):
    code = "booth_page_full"
    text = _("A booth page holds %(most)s of these at most. It was not added; take another one away first.")


class DocumentTooLarge(Refusal):
    code = "booth_document_too_large"
    text = _("The file is larger than 5 MB. It was not kept; make it smaller and send it again.")


class HallNameTaken(Refusal):
    code = "hall_name_taken"
    text = _("This edition has a hall of that name already. Nothing was changed; choose another name.")
