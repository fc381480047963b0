from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fairs.live.protocol import Unreadable
from moussem.core.errors import Refusal


class FrameTooLong(Refusal):
    code = "live_frame_too_long"
    status = 413
    text = _(
        "This message is longer than %(most)s bytes. Nothing was sent; make it shorter, or send it in parts."
    )


class FrameMalformed(Refusal):
    code = "live_frame_malformed"
    status = 400
    text = _("This message could not be read. Nothing was done; reload the page and try again.")


class VersionUnknown(Refusal):
    code = "live_version_unknown"
    status = 400
    text = _(
        "This page is older than the site, which speaks version %(version)s. Nothing was done; reload the "
        "page, what you had written stays."
    )


class CommandUnknown(Refusal):
    code = "live_command_unknown"
    status = 400
    text = _("The site does not know how to do this. Nothing was done; reload the page and try again.")


class FieldWrong(Refusal):
    code = "live_field_wrong"
    status = 400
    text = _(
        "“%(field)s” is missing, too long or not what is expected. Nothing was done; correct it and try "
        "again."
    )


class RoomClosed(Refusal):
    code = "live_room_closed"
    text = _("This live room is closed. Nothing was sent; what was said in it can still be read.")


class TooFast(Refusal):
    code = "live_too_fast"
    status = 429
    text = ngettext_lazy(
        "You send faster than anybody can read. This was not sent; wait %(seconds)s second and send it "
        "again.",
        "You send faster than anybody can read. This was not sent; wait %(seconds)s seconds and send it "
        "again.",
        "seconds",
    )


class RoomBusy(Refusal):
    code = "live_room_busy"
    status = 429
    text = ngettext_lazy(
        "Many people write in this room at the moment. This was not sent; wait %(seconds)s second and send "
        "it again.",
        "Many people write in this room at the moment. This was not sent; wait %(seconds)s seconds and send "
        "it again.",
        "seconds",
    )


class SlowMode(Refusal):
    code = "live_slow_mode"
    status = 429
    text = ngettext_lazy(
        "In this room everybody writes once in %(every)s seconds. This was not sent; send it again in "
        "%(seconds)s second.",
        "In this room everybody writes once in %(every)s seconds. This was not sent; send it again in "
        "%(seconds)s seconds.",
        "seconds",
    )


class SignInFirst(Refusal):
    code = "live_sign_in_first"
    status = 401
    text = _("You are not signed in any more. Nothing was sent; sign in, then send it again.")


class LiveFull(Refusal):
    code = "live_full"
    status = 503
    text = ngettext_lazy(
        "The site cannot do this at the moment. Nothing was done; try again in %(seconds)s second.",
        "The site cannot do this at the moment. Nothing was done; try again in %(seconds)s seconds.",
        "seconds",
    )


class CallNotNow(Refusal):
    code = "live_call_not_now"
    text = _(
        "This call is held neither now nor soon: it opens a quarter of an hour before its time and closes a "
        "quarter of an hour after it. Nothing was opened; come back then."
    )


class CallFull(Refusal):
    code = "live_call_full"
    text = _("Three people are in this call, which is as many as it takes. Nobody was invited.")


class CallNotLonger(Refusal):
    code = "live_call_not_longer"
    text = _(
        "This call cannot go on longer: one of you has something else afterwards, or no slot follows. Nobody "
        "was asked; agree on another meeting while you talk."
    )


class NotInvitable(Refusal):
    code = "live_not_invitable"
    text = _(
        "Only somebody of your own organisation can be invited into this call. Nobody was invited; add them "
        "to your organisation first, or choose somebody else."
    )


class InvitedLeft(Refusal):
    code = "live_invited_left"
    text = _(
        "Whoever was to come in and whoever invited them are not in one organisation any more. Nobody was "
        "let in; somebody else can be invited."
    )


class NotAsked(Refusal):
    code = "live_not_asked"
    text = _("Nobody waits for your answer to this any more. Nothing was changed.")


BY_CODE: dict[str, type[Refusal]] = {
    one.code: one for one in (FrameTooLong, FrameMalformed, VersionUnknown, CommandUnknown, FieldWrong)
}


def refused(unreadable: Unreadable) -> Refusal:
    """The refusal of a frame that could not be read."""
    return BY_CODE[unreadable.code](**unreadable.facts)
