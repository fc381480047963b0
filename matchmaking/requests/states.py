from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RequestState(models.TextChoices):
    """How far a request for a meeting has come."""

    PENDING = "pending", pgettext_lazy("state of a request", "waits for an answer")
    ACCEPTED = "accepted", pgettext_lazy("state of a request", "accepted")
    DECLINED = "declined", pgettext_lazy("state of a request", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a request", "withdrawn")
    LAPSED = "lapsed", pgettext_lazy("state of a request", "lapsed without an answer")


REQUEST_MOVES = {
    RequestState.PENDING: {
        RequestState.ACCEPTED,
        RequestState.DECLINED,
        RequestState.WITHDRAWN,
        RequestState.LAPSED,
    },
    # Whoever accepted may find that they cannot come; the meeting goes with it.
    RequestState.ACCEPTED: {RequestState.WITHDRAWN},
    RequestState.DECLINED: set(),
    RequestState.WITHDRAWN: set(),
    RequestState.LAPSED: set(),
}

REQUEST_STANDS = {
    RequestState.PENDING: _("This request waits for an answer."),
    RequestState.ACCEPTED: _("This request was accepted already."),
    RequestState.DECLINED: _("This request was declined."),
    RequestState.WITHDRAWN: _("This request was withdrawn."),
    RequestState.LAPSED: _("This request lapsed: nobody answered it in time."),
}

# What a pair can have only one of.
STANDING = (RequestState.PENDING, RequestState.ACCEPTED)


class EnquiryState(models.TextChoices):
    """What became of a question to an exhibitor."""

    WAITING = "waiting", pgettext_lazy("state of a question", "waits for an answer")
    ANSWERED = "answered", pgettext_lazy("state of a question", "answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a question", "taken back")
    LAPSED = "lapsed", pgettext_lazy("state of a question", "closed without an answer")


ENQUIRY_MOVES = {
    EnquiryState.WAITING: {EnquiryState.ANSWERED, EnquiryState.WITHDRAWN, EnquiryState.LAPSED},
    EnquiryState.ANSWERED: set(),
    EnquiryState.WITHDRAWN: set(),
    EnquiryState.LAPSED: set(),
}

ENQUIRY_STANDS = {
    EnquiryState.WAITING: _("This question waits for an answer."),
    EnquiryState.ANSWERED: _("This question was answered already."),
    EnquiryState.WITHDRAWN: _("This question was taken back."),
    EnquiryState.LAPSED: _("This question is closed: nobody answers it here any more."),
}


class Priority(models.TextChoices):
    """How much a party wants to meet."""

    MUST = "must", pgettext_lazy("priority of a request", "must")
    NICE = "nice", pgettext_lazy("priority of a request", "would be nice")


class DeclineReason(models.TextChoices):
    """Why somebody does not meet."""

    PRODUCT = "product", pgettext_lazy("reason of a refusal", "we do not have or need this")
    QUANTITY = "quantity", pgettext_lazy("reason of a refusal", "the quantity does not suit us")
    MARKET = "market", pgettext_lazy("reason of a refusal", "we do not serve this market")
    TIME = "time", pgettext_lazy("reason of a refusal", "no time left at this fair")
    KNOWN = "known", pgettext_lazy("reason of a refusal", "we work together already")
    OTHER = "other", pgettext_lazy("reason of a refusal", "another reason")


class MessageState(models.TextChoices):
    """Whether the other side reads a message."""

    SHOWN = "shown", pgettext_lazy("state of a message", "shown")
    HELD = "held", pgettext_lazy("state of a message", "waits for the organiser")
    REMOVED = "removed", pgettext_lazy("state of a message", "removed by the organiser")
