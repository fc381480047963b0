from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class DeadlineOver(Refusal):
    code = "deadline_over"
    text = _(
        "Applications closed at the end of %(day)s (%(zone)s). It was not sent; what you wrote is kept as a "
        "draft, and you will be written to if the organiser extends the deadline."
    )


class SentStaysSent(Refusal):
    code = "application_stays_sent"
    text = _(
        "Applications closed at the end of %(day)s (%(zone)s). Nothing was changed: your application stays "
        "as it was sent."
    )


class StaysWithdrawn(Refusal):
    code = "application_stays_withdrawn"
    text = _(
        "Applications closed at the end of %(day)s (%(zone)s). Nothing was changed: your application stays "
        "withdrawn."
    )


class NoCall(Refusal):
    code = "no_call"
    text = _("This edition takes no applications from you at the moment. Nothing was changed.")


class NotComplete(Refusal):
    code = "application_not_complete"
    text = _("The application is not complete: %(missing)s It was not sent; what you wrote is kept.")


class NotADraft(Refusal):
    code = "application_not_a_draft"
    text = _(
        "%(happened)s What you typed was not kept; take the application back to change it, as long as the "
        "deadline allows."
    )


class DeadlineReliedOn(Refusal):
    code = "deadline_relied_on"
    text = _(
        "Some may apply until %(day)s by this deadline and by no other that gives them as much time. Nothing "
        "was changed; an announced deadline is deleted only where nobody loses time by it."
    )


class DeletionUnexplained(Refusal):
    code = "deadline_deletion_unexplained"
    field = "reason"
    text = _("Write why this deadline goes: the log keeps it. Nothing was changed.")


class DraftsWouldLose(Refusal):
    code = "deadline_drafts_would_lose"
    text = _(
        "The deadline for them is %(day)s, and somebody is writing with that day in mind (drafts: "
        "%(count)s). Nothing was changed; an announced deadline moves to an earlier day only where nobody "
        "loses by it."
    )


class EarlierNeedsReason(Refusal):
    code = "deadline_earlier_needs_reason"
    text = _(
        "The deadline for them is %(day)s already. Nothing was changed; write why an announced deadline "
        "moves to an earlier day: applicants read it."
    )


class ExtensionUnexplained(Refusal):
    code = "extension_unexplained"
    text = _("Somebody gains time by this deadline. Write why: applicants read it. Nothing was changed.")


class DayOver(Refusal):
    code = "deadline_in_the_past"
    text = _("%(day)s is over (%(zone)s). Nothing was changed; choose a day to come.")


class CategoryGone(Refusal):
    code = "category_gone"
    text = _("This category was deleted a moment ago. Nothing was changed; choose another.")


class AfterTheDoors(Refusal):
    code = "deadline_after_the_doors"
    text = _(
        "The first day of this edition is %(day)s, and applications end before it: exhibitors are chosen "
        "until the doors open. Nothing was changed; choose an earlier day."
    )


class DaysBeforeDeadline(Refusal):
    code = "days_before_deadline"
    text = _(
        "Applications can be sent until the end of %(day)s, and exhibitors are chosen after that, before the "
        "doors open. Nothing was changed; choose a first day after it, or, while the edition is a draft, an "
        "earlier deadline first."
    )


class ClocksReachDoors(Refusal):
    code = "clocks_reach_the_doors"
    text = _(
        "By the clocks of the new place (%(zone)s) applications would end on %(now)s instead of %(was)s, so "
        "that nobody has less time, and exhibitors are chosen after that, before the doors open. Nothing was "
        "changed; choose a later first day, or the clocks of before."
    )


class ApplicantsMeetSo(Refusal):
    code = "applicants_meet_so"
    text = _(
        "%(count)s applications were sent to take part “%(mode)s”. Nothing was changed: as long as they "
        "stand, this fair keeps that way to meet."
    )


class CategoryInUse(Refusal):
    code = "category_in_use"
    text = _(
        "“%(category)s” was chosen in %(count)s applications. It was not deleted; rename it, or ask those "
        "who chose it to choose another."
    )


class CategoryNameTaken(Refusal):
    code = "category_name_taken"
    text = _("This edition has a category of that name already. Nothing was changed; choose another name.")


class DecidesOwn(Refusal):
    code = "decides_own_application"
    text = _(
        "An organisation of yours applies to this edition: a conflict of interest. Nothing was changed; a "
        "colleague who has no part in it decides this."
    )
