from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class Blocked(Refusal):
    code = "live_blocked"
    text = _(
        "One of these people does not want to hear from another. Nobody was called and nothing was sent."
    )


class NotThemselves(Refusal):
    code = "live_not_oneself"
    text = _("This is about yourself. Nothing was changed; choose somebody else.")


class NothingToReport(Refusal):
    code = "live_nothing_to_report"
    text = _(
        "There is no message of somebody here to report. Nothing was changed; reload the page and try again."
    )


class WordsMissing(Refusal):
    code = "live_words_missing"
    text = _(
        "What was said aloud is kept nowhere, so your words are all that is known of it. Nothing was "
        "reported; write what happened."
    )


class SayWhatIsWrong(Refusal):
    code = "live_report_without_words"
    text = _(
        "Say in a few words what is wrong with this message, so that the organiser understands. Nothing was "
        "reported yet; write it, then report."
    )


class ReportClosed(Refusal):
    code = "live_report_closed"
    text = _(
        "The organiser has looked at your report of this message and closed it. These words were not kept; "
        "write to the organiser, or report a later message."
    )


class ReportFull(Refusal):
    code = "live_report_full"
    text = _(
        "A report takes %(most)s characters in all. What you said before is kept, these words are not; "
        "shorten them, or write to the organiser."
    )


class MeasureOver(Refusal):
    code = "live_measure_over"
    text = _("This was taken back, or has ended, already. Nothing was changed.")


class ReasonMissing(Refusal):
    code = "live_reason_missing"
    text = _("A reason is needed: the person may ask for it. Nothing was changed; write one.")


class NotAboutOrganisers(Refusal):
    code = "live_not_about_organisers"
    text = _("Somebody who organises this edition cannot be kept out or unheard. Nothing was changed.")
