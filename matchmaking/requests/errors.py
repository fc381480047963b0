from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class NotAskingNow(Refusal):
    code = "requests_not_open"
    text = _(
        "Meetings of this edition cannot be asked for at the moment. Nothing was sent; what you wrote "
        "is kept on this page."
    )


class TakesNoRequests(Refusal):
    # The same words for who has just left and for who said "no thanks", which is not told on.
    code = "takes_no_requests"
    text = _("%(party)s takes no more requests at this edition. Nothing was sent; ask somebody else.")


class NobodyMeets(Refusal):
    code = "nobody_meets_for_them"
    text = _(
        "Nobody meets for %(party)s at the moment, so nobody would read it. Nothing was sent; try again "
        "later, or ask the organiser."
    )


class AskedAlready(Refusal):
    code = "asked_already"
    text = _("You asked %(party)s already, and the request still stands. Nothing was sent; change that one.")


class AskedOften(Refusal):
    code = "asked_too_often"
    text = _(
        "You asked %(party)s %(times)s times at this edition. Nothing was sent; they can still ask you, "
        "and the organiser can help."
    )


class TheyAskedYou(Refusal):
    code = "they_asked_you"
    text = _("%(party)s has asked you for a meeting. Nothing was sent; answer that request.")


class QuotaReached(Refusal):
    code = "request_quota_reached"
    text = _(
        "%(quota)s of your requests wait for an answer, which is as many as this edition allows. Nothing was "
        "sent; withdraw one, or wait for an answer."
    )


class NothingToTalkAbout(Refusal):
    code = "request_without_goods"
    text = _("Say what the meeting is about: a product or a family. Nothing was sent.")


class TooManyLines(Refusal):
    code = "too_many_lines"
    text = _("A request names at most %(most)s products. Nothing was sent; leave some for the meeting.")


class NotTheirProduct(Refusal):
    code = "not_their_product"
    text = _("A product of this request is not on offer at the exporter any more. Nothing was sent.")


class SlotNotHere(Refusal):
    code = "slot_not_at_this_edition"
    text = _("One of these slots is not at this edition, or is over. Nothing was sent; choose others.")


class NotYourTurn(Refusal):
    code = "not_your_answer"
    text = _("This request waits for the answer of %(party)s. Nothing was changed.")


class ReasonMissing(Refusal):
    code = "decline_without_reason"
    text = _("Say why you do not meet, so that the other side need not ask again. Nothing was sent.")


class NotThePair(Refusal):
    code = "not_a_pair"
    text = _("A buyer meets an exporter, and nobody their own organisation. Nothing was sent.")


class AnswerInstead(Refusal):
    code = "answer_instead_of_withdrawing"
    text = _("This request waits for your answer. Nothing was changed; accept or decline it.")


class NothingProposed(Refusal):
    code = "counter_changes_nothing"
    text = _(
        "This is what the request says already. Nothing was sent; change the goods, a quantity or the slot, "
        "write something, or accept it as it is."
    )


class WordsNotRead(Refusal):
    code = "words_of_an_answer_not_read"
    text = _(
        "The organiser of this edition reads messages first, so an answer goes out without words of its own. "
        "Nothing was sent; leave the field empty."
    )


class NoEnquiriesNow(Refusal):
    code = "enquiries_not_open"
    text = _(
        "Questions are neither sent nor answered here at the moment. Nothing was sent; what you wrote is "
        "kept on this page."
    )


class EnquirySaysNothing(Refusal):
    code = "enquiry_says_nothing"
    text = _("There are no words in it. Nothing was sent; write some.")


class EnquiryWaits(Refusal):
    code = "enquiry_waits"
    text = _(
        "%(party)s has not answered your last question yet. Nothing was sent; wait for the answer, or take "
        "that question back."
    )


class TooManyEnquiries(Refusal):
    code = "too_many_enquiries"
    text = _(
        "%(most)s of your questions wait for an answer, which is as many as an edition allows. Nothing was "
        "sent; take one back, or wait for an answer."
    )


class EnquiredOften(Refusal):
    code = "enquired_too_often"
    text = _(
        "You took %(times)s questions to %(party)s back at this edition. Nothing was sent; ask for a "
        "meeting, or write to them outside the fair."
    )


class MessageDecided(Refusal):
    code = "message_decided_already"
    text = _("Somebody has decided on this message already. Nothing was changed.")
