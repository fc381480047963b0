from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApplicationState(models.TextChoices):
    """How far an application has come."""

    DRAFT = "draft", pgettext_lazy("state of an application", "draft")
    SENT = "sent", pgettext_lazy("state of an application", "sent")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an application", "withdrawn")


APPLICATION_MOVES = {
    ApplicationState.DRAFT: {ApplicationState.SENT},
    ApplicationState.SENT: {ApplicationState.DRAFT, ApplicationState.WITHDRAWN},
    ApplicationState.WITHDRAWN: {ApplicationState.DRAFT},
}

APPLICATION_STANDS = {
    ApplicationState.DRAFT: _("This application is a draft: the organiser has not received it."),
    ApplicationState.SENT: _("This application was sent already."),
    ApplicationState.WITHDRAWN: _("This application was withdrawn."),
}


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    LINE = "line", pgettext_lazy("kind of question", "one line")
    TEXT = "text", pgettext_lazy("kind of question", "several lines")
    YES_NO = "yes_no", pgettext_lazy("kind of question", "yes or no")
    NUMBER = "number", pgettext_lazy("kind of question", "whole number")
