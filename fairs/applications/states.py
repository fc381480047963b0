from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApplicationState(models.TextChoices):
    """How far an application has come."""

    DRAFT = "draft", pgettext_lazy("state of an application", "draft")
    SENT = "sent", pgettext_lazy("state of an application", "sent")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an application", "withdrawn")
    ACCEPTED = "accepted", pgettext_lazy("state of an application", "accepted")
    WAITING = "waiting", pgettext_lazy("state of an application", "on the waiting list")
    REFUSED = "refused", pgettext_lazy("state of an application", "refused")


# Whoever has started, until they withdraw, has an interest in how others fare.
APPLYING = tuple(state for state in ApplicationState if state != ApplicationState.WITHDRAWN)
DECIDED = (ApplicationState.ACCEPTED, ApplicationState.WAITING, ApplicationState.REFUSED)

APPLICATION_MOVES = {
    ApplicationState.DRAFT: {ApplicationState.SENT},
    ApplicationState.SENT: {ApplicationState.DRAFT, ApplicationState.WITHDRAWN, *DECIDED},
    ApplicationState.WITHDRAWN: {ApplicationState.DRAFT},
    ApplicationState.WAITING: {
        ApplicationState.ACCEPTED,
        ApplicationState.REFUSED,
        ApplicationState.WITHDRAWN,
    },
    ApplicationState.ACCEPTED: {ApplicationState.WITHDRAWN},
    # An appeal that is right puts an application where it belongs.
    ApplicationState.REFUSED: {ApplicationState.ACCEPTED, ApplicationState.WAITING},
}

# Which its applicant may make a draft again, and which it may still take away from the organiser.
CHANGED_AGAIN = tuple(state for state, to in APPLICATION_MOVES.items() if ApplicationState.DRAFT in to)
WITHDRAWN_FROM = tuple(state for state, to in APPLICATION_MOVES.items() if ApplicationState.WITHDRAWN in to)

APPLICATION_STANDS = {
    ApplicationState.DRAFT: _("This application is a draft: the organiser has not received it."),
    ApplicationState.SENT: _("This application was sent already."),
    ApplicationState.WITHDRAWN: _("This application was withdrawn."),
    ApplicationState.ACCEPTED: _("This application was accepted."),
    ApplicationState.WAITING: _("This application is on the waiting list."),
    ApplicationState.REFUSED: _("This application was refused."),
}


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    LINE = "line", pgettext_lazy("kind of question", "one line")
    TEXT = "text", pgettext_lazy("kind of question", "several lines")
    YES_NO = "yes_no", pgettext_lazy("kind of question", "yes or no")
    NUMBER = "number", pgettext_lazy("kind of question", "whole number")
