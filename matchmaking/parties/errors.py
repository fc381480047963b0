from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class NotBeforeAnnounced(Refusal):
    code = "matching_before_announcement"
    text = _("Meetings are opened once the edition is announced. Nothing was changed; announce it first.")


class NoSlots(Refusal):
    code = "no_meeting_slots"
    text = _(
        "The days of this edition leave no slot for a meeting. Nothing was changed; look at its hours, "
        "its pauses and the length of a meeting."
    )


class SlotsInUse(Refusal):
    code = "slots_in_use"
    text = _(
        "The new hours would take away slots in which %(meetings)s meetings are booked. Nothing was changed; "
        "move or cancel those meetings first."
    )


class RequestsOverAlready(Refusal):
    code = "requests_end_in_the_past"
    text = _("The last moment for requests is over already. Nothing was changed; choose one to come.")


class TablesInUse(Refusal):
    code = "tables_in_use"
    text = _(
        "There are meetings at %(tables)s of the tables that would go. Nothing was changed; keep at least "
        "%(least)s of this kind, or move the meetings first."
    )


class TableInUse(Refusal):
    code = "table_in_use"
    text = _(
        "A meeting is booked at this table in a slot that you close. Nothing was changed; "
        "close it by a repair of the timetable, which moves the meeting."
    )


class InterpreterInUse(Refusal):
    code = "interpreter_in_use"
    text = _(
        "%(name)s interprets in a meeting in one of these slots. Nothing was changed; move the meeting "
        "first, or repair the timetable."
    )


class SameLanguageTwice(Refusal):
    code = "same_language_twice"
    text = _("An interpreter works between two languages. Nothing was kept; choose two different ones.")


class HoursIncomplete(Refusal):
    code = "hours_without_an_end"
    text = _("Hours have a beginning and another end. Nothing was changed; say both, or neither.")


class MeetingThen(Refusal):
    code = "delegate_meets_then"
    text = _(
        "There is a meeting in one of the slots that you take out. Nothing was changed; cancel the "
        "meeting first."
    )


class NotOfThisParty(Refusal):
    code = "not_of_this_organisation"
    text = _("This person does not act for your organisation at this edition. Nothing was changed.")


class LastDelegate(Refusal):
    code = "last_delegate"
    text = _(
        "Nobody would be left to meet for your organisation. Nothing was changed; name somebody else first, "
        "or take your organisation out of the meetings."
    )


class MeetsElsewhere(Refusal):
    code = "meets_for_another_party"
    text = _("%(person)s meets for another organisation at this edition already. Nothing was changed.")


class MatchingEnded(Refusal):
    code = "matching_ended"
    text = _("Meetings of this edition are over. Nothing was changed.")
