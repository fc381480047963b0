from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class NothingToRelease(Refusal):
    code = "nothing_to_release"
    text = _("Visitors see this programme already. Nothing was released; change a session first.")


class SessionsOutside(Refusal):
    code = "sessions_outside_days"
    text = _(
        "With these days and hours the doors would be closed during sessions of the programme: %(sessions)s. "
        "Nothing was changed; let the programme move along, or plan these sessions anew first."
    )


class ConflictsLeft(Refusal):
    code = "programme_with_conflicts"
    text = _(
        "A session of this programme cannot be held as it is planned. Nothing was released; read why below, "
        "and say that it is released all the same."
    )


class PartInUse(Refusal):
    code = "part_of_programme_in_use"
    text = _("“%(name)s” is used in %(count)s sessions. It was not deleted; give them another one first.")


class SeatsGiven(Refusal):
    code = "seats_given_already"
    text = _(
        "%(taken)s people have a seat already, so %(capacity)s are too few. Nothing was changed; take a "
        "larger room, or leave the number of seats as it is."
    )


class ShownAlready(Refusal):
    code = "session_shown_already"
    text = _(
        "Visitors have seen this session. It was not deleted; cancel it and release the programme, so that "
        "whoever planned with it is told."
    )


class SessionGone(Refusal):
    code = "session_gone"
    text = _("This session was cancelled. Nothing was kept; the programme shows what else there is.")


class RegistrationNeeded(Refusal):
    code = "session_needs_registration"
    text = _(
        "Sessions are kept by those who are admitted to this edition. Nothing was kept; register first, or "
        "wait until the organiser has admitted you."
    )


class SessionBegun(Refusal):
    code = "session_begun"
    text = _("This session has begun already. Your agenda was not changed.")


class PictureNotAccepted(Refusal):
    code = "speaker_picture_not_accepted"
    text = _(
        "“%(name)s” is not a picture that can be shown: send a JPEG, PNG or WebP of at most 8 MB. Nothing "
        "was changed."
    )
