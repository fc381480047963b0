from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class RunAtWork(Refusal):
    code = "timetable_run_at_work"
    text = _("A timetable is being made already. Nothing was started; wait for it, or stop it.")


class NothingToPlace(Refusal):
    code = "timetable_without_requests"
    text = _("No request is accepted yet, so there is no meeting to place. Nothing was started.")


class NotReadyToPlan(Refusal):
    code = "timetable_before_opening"
    text = _("There are no slots yet: open requests first. Nothing was started.")


class NoDraft(Refusal):
    code = "timetable_without_draft"
    text = _("This run has no timetable that could be published. Nothing was changed.")


class DraftOutdated(Refusal):
    code = "timetable_draft_outdated"
    text = _(
        "Meetings, hours, limits, languages or tables have changed since this timetable was made, or one of "
        "its slots has begun. It was not published and nothing was changed; have it worked out again."
    )


class PublishedAlready(Refusal):
    code = "timetable_published_already"
    text = _("This timetable is published already. Nothing was changed.")


class SameTimetable(Refusal):
    code = "timetable_stands_already"
    text = _("This is the timetable that stands. Nothing was changed.")


class SeatTaken(Refusal):
    code = "timetable_seat_taken"
    text = _(
        "Somebody or something in this timetable was taken at this very moment. Nothing was changed; look at "
        "it again and go back to it once more."
    )
