from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RunState(models.TextChoices):
    """How far the making of a timetable has come."""

    WAITING = "waiting", pgettext_lazy("state of a run", "waits for the worker")
    RUNNING = "running", pgettext_lazy("state of a run", "running")
    DONE = "done", pgettext_lazy("state of a run", "done")
    STOPPED = "stopped", pgettext_lazy("state of a run", "stopped, the best so far kept")
    FAILED = "failed", pgettext_lazy("state of a run", "failed")


RUN_MOVES = {
    RunState.WAITING: {RunState.RUNNING, RunState.FAILED, RunState.STOPPED},
    RunState.RUNNING: {RunState.DONE, RunState.STOPPED, RunState.FAILED},
    RunState.DONE: set(),
    RunState.STOPPED: set(),
    RunState.FAILED: set(),
}

RUN_STANDS = {
    RunState.WAITING: _("This run waits for the worker."),
    RunState.RUNNING: _("This run is still at work."),
    RunState.DONE: _("This run is done."),
    RunState.STOPPED: _("This run was stopped; its best timetable is kept."),
    RunState.FAILED: _("This run failed; nothing was published."),
}

AT_WORK = (RunState.WAITING, RunState.RUNNING)
WITH_DRAFT = (RunState.DONE, RunState.STOPPED)


class RunMode(models.TextChoices):
    """What a run may touch."""

    PLAN = "plan", pgettext_lazy("mode of a run", "a whole timetable")
    UNBOOKED = "unbooked", pgettext_lazy("mode of a run", "only what has no place yet")
    REPAIR = "repair", pgettext_lazy("mode of a run", "repair with as few moves as can be")


class Mark(models.TextChoices):
    """What a cell of a drawn timetable says."""

    NEW = "new", pgettext_lazy("a meeting", "new")
    MOVED = "moved", pgettext_lazy("a meeting", "moved")
    KEPT = "kept", pgettext_lazy("a meeting", "as it is")
    HELD = "held", pgettext_lazy("of a fair", "meeting")
    CANCELLED = "cancelled", pgettext_lazy("a meeting", "cancelled")
    CLOSED = "closed", pgettext_lazy("a table", "closed")


class Changed(models.TextChoices):
    """What has changed since a draft was made; a pair of parties is named where it is about one."""

    BOOKED = "booked", _("The meeting of %(pair)s was booked since.")
    MOVED = "moved", _("The meeting of %(pair)s was changed since.")
    CANCELLED = "cancelled", _("The meeting of %(pair)s was cancelled since.")
    OTHER = "other", _("Meetings were pinned, or got another interpreter, since.")
    BEGUN = "begun", _("The slot of %(pair)s has begun.")
    GONE = (
        "gone",
        _(
            "A person, a table or an interpreter of %(pair)s is not there any more, or still in a call that "
            "goes on longer."
        ),
    )
    SUITED = "suited", _("The languages of %(pair)s, or where they meet, are others now.")
    LIMITS = "limits", _("With the meeting of %(pair)s somebody would now be over their limit.")


class KeptBack(models.TextChoices):
    """Why a meeting does not go back to where an earlier timetable had it."""

    PERSON = "delegate", pgettext_lazy("why it does not go back", "a person is not there")
    TABLE = "table", pgettext_lazy("why it does not go back", "its table is closed or gone")
    INTERPRETER = "interpreter", pgettext_lazy("why it does not go back", "the interpreter is not there")
    WITHDRAWN = "withdrawn", pgettext_lazy("why it does not go back", "its request does not stand any more")
    BEGUN = "begun", pgettext_lazy("why it does not go back", "its slot has begun or is gone")
    PINNED = "pinned", pgettext_lazy("why it does not go back", "pinned since")
    CHOSEN = "chosen", pgettext_lazy("why it does not go back", "booked or moved by the two themselves since")
    TAKEN = "taken", pgettext_lazy("why it does not go back", "somebody or something is taken then")


class Reason(models.TextChoices):
    """Why a request has no place."""

    NOBODY = "nobody", _("Nobody is there to meet on one of the two sides.")
    NO_COMMON_SLOT = "no_common_slot", _("There is no slot in which both are there.")
    NO_INTERPRETER = "no_interpreter", _("No interpreter of yours bridges their languages then.")
    NO_TABLE = "no_table", _("No table at which they could sit is open when both are there.")
    INTERPRETERS_BUSY = "interpreters_busy", _("All interpreters are taken when both are free.")
    TABLES_BUSY = "tables_busy", _("All tables at which they could sit are taken when both are free.")
    BUYER_FULL = "buyer_full", _("The buyer has no time left.")
    EXPORTER_FULL = "exporter_full", _("The exporter has no time left.")
    OUTRANKED = "outranked", _("When one of the two is free, the other meets somebody.")
    LEFT_OVER = "left_over", _("There is room for it: run once more for what has no place yet.")


class ShortReason(models.TextChoices):
    """Why a party gets fewer meetings than are kept for it: first what an organiser can mend."""

    PROVED = (
        "proved",
        _("It is proved that every timetable lacks at least so many promised meetings: %(most)s."),
    )
    NOT_FOUND = "not_found", _("No timetable that keeps it was found in the time given.")
    TOO_FEW_SLOTS = (
        "too_few_slots",
        _("By their hours and limits its people can hold only so many meetings: %(most)s."),
    )
    PARTNERS_CANNOT = "partners_cannot", _("Only %(most)s of its requests can be held at all.")
    TOO_FEW_REQUESTS = "too_few_requests", _("Requests that both want: %(most)s.")


# What they have in common for whom meetings are missing, and what can be done about it.
SHORT_HEADS = {
    ShortReason.PROVED: _("What they share is used up: one more of it would help."),
    ShortReason.NOT_FOUND: _("Nothing proves that it cannot be: more time for the search may help."),
    ShortReason.PARTNERS_CANNOT: _(
        "Few of their requests can be held at all: the two are not there together, or nobody interprets."
    ),
    ShortReason.TOO_FEW_SLOTS: _(
        "Their people are there too little: longer hours or higher limits would help."
    ),
    ShortReason.TOO_FEW_REQUESTS: _(
        "They have agreed to fewer meetings than they are promised: no timetable adds any."
    ),
}
