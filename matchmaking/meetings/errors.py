from typing import Any

from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class MeetingsOutside(Refusal):
    code = "meetings_outside_days"
    text = _(
        "With these days and hours the doors would be closed during booked meetings: %(count)s. Nothing was "
        "changed; cancel or move these meetings first, or keep their days and hours open."
    )


class NotLive(Refusal):
    code = "meetings_not_live"
    text = _("Meetings of this edition are not booked at once yet. Nothing was booked; accept the request.")


class SlotTaken(Refusal):
    """Somebody was quicker, or one of the two cannot; carries the next slots that suit both."""

    code = "slot_taken"
    text = _("This slot is not free for both any more. Nothing was booked; choose another one.")

    def __init__(self, *, openings: Any = (), **facts: Any) -> None:
        super().__init__(**facts)
        self.openings = list(openings)

    def as_dict(self) -> dict[str, Any]:
        """The refusal with up to three slots in its place."""
        told = [{"slot": one.slot.pk, "begins": one.slot.begins.isoformat()} for one in self.openings]
        return {**super().as_dict(), "openings": told}


class NoCommonSlot(Refusal):
    code = "no_common_slot"
    text = _(
        "There is no slot left in which both of you, a table and, where one is needed, an interpreter are "
        "free. Nothing was booked; free one of your slots, or ask the organiser."
    )


class BookedAlready(Refusal):
    code = "meeting_booked_already"
    text = _("This meeting has a slot already. Nothing was booked; move it if another one suits you better.")


class NotMovedNow(Refusal):
    code = "meeting_not_moved_now"
    text = _(
        "The timetable of this edition is being made, so nobody but the organiser moves a meeting. Nothing "
        "was changed; write to the organiser, or call the meeting off."
    )


class MeetingPinned(Refusal):
    code = "meeting_pinned"
    text = _(
        "The organiser holds this meeting where it is. Nothing was changed; write to the organiser, or call "
        "the meeting off."
    )


class MovedOften(Refusal):
    code = "meeting_moved_too_often"
    text = _(
        "Your side moved this meeting %(times)s times. Nothing was changed; the other side can still move "
        "it, and the organiser can help."
    )


class ThereAlready(Refusal):
    code = "meeting_in_this_slot_already"
    text = _("The meeting is in this slot already. Nothing was changed, and nobody was written to.")


class LateOften(Refusal):
    code = "meeting_late_too_often"
    text = _(
        "Your side said %(times)s times how much later it comes. Nothing was sent, and what you said last "
        "stands; move the meeting if it does not suit you any more."
    )


class NotAccepted(Refusal):
    code = "meeting_of_no_accepted_request"
    text = _("A meeting needs a request that both sides want. Nothing was booked.")


class NotBegun(Refusal):
    code = "meeting_not_begun"
    text = _("This meeting has not begun yet. Nothing was changed.")


class MeetingBegun(Refusal):
    code = "meeting_begun"
    text = _("This meeting has begun already. Nothing was changed; say afterwards whether it was held.")


class FollowUpEarly(Refusal):
    code = "follow_up_before_meeting"
    text = _("What follows a meeting cannot be earlier than the meeting, on %(day)s. The note was not kept.")


class MeetingOver(Refusal):
    code = "meeting_over"
    text = _("This meeting is over. Nothing was sent; say whether it was held.")


class TooLate(Refusal):
    code = "late_minutes_too_many"
    text = _(
        "A meeting lasts %(minutes)s minutes. Nothing was sent; whoever comes later than that should move it."
    )
