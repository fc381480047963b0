from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class NobodyWaits(Refusal):
    code = "stand_nobody_waits"
    text = _("Nobody waits at this stand any more. Nothing was changed.")


class NothingAsked(Refusal):
    code = "stand_nothing_asked"
    status = 400
    text = _(
        "You have named a product and asked nothing about it yet. Nothing was sent; write your question "
        "behind its name."
    )


class OwnStand(Refusal):
    code = "stand_is_your_own"
    text = _("This is your own stand. Nothing was sent; visitors' questions are on its desk.")


class AnsweredByAnother(Refusal):
    code = "stand_answered_by_another"
    text = _(
        "%(name)s is answering here. Nothing was sent and what you wrote is kept; take the conversation over "
        "first, then send it."
    )


class NotedMeanwhile(Refusal):
    code = "stand_noted_meanwhile"
    text = _(
        "A colleague noted this meanwhile: “%(note)s”. It stands, and yours is not kept yet; put both "
        "together and send that."
    )


class NotOfTheStand(Refusal):
    code = "stand_not_a_colleague"
    text = _(
        "This person does not receive visitors at this stand. Nothing was changed; choose a colleague of the "
        "list."
    )


class NotOnShow(Refusal):
    code = "stand_product_not_on_show"
    text = _(
        "This product is not on show at the booth any more. Nothing was sent; choose another, or put it on "
        "show first."
    )


class StandClosed(Refusal):
    code = "stand_closed"
    text = _(
        "The fair does not take place at the moment, so nobody is at the stand. Nothing was sent; what you "
        "wrote is kept on this page."
    )


class AskedEnough(Refusal):
    code = "stand_asked_enough"
    text = _(
        "You began %(most)s conversations at this stand within an hour. Nothing was sent and what you "
        "wrote is kept; send it an hour later."
    )


class VisitorErased(Refusal):
    code = "stand_visitor_erased"
    text = _(
        "This visitor had everything erased that is held about them, your notes too. This note was not kept; "
        "throw it away."
    )
