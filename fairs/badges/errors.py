from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class RevocationReasonMissing(Refusal):
    code = "revocation_reason_missing"
    text = _("Write why the badge is revoked: the person reads it. Nothing was changed.")


class NobodyComes(Refusal):
    code = "badge_of_nobody_who_comes"
    text = _(
        "This person is not admitted to the edition any more, so the badge stays revoked. Admit them again, "
        "or let them register, then let it count again."
    )


class ExhibitorLeft(Refusal):
    code = "badge_of_exhibitor_who_left"
    text = _("The exhibitor of this badge gave its place back, so the badge stays revoked.")


class BadgeKeyLost(Refusal):
    code = "badge_key_lost"
    text = _(
        "The key that signs the badges of this edition cannot be read, so no code can be shown. Nothing was "
        "changed; the organiser changes the key on the page of doors."
    )


class StandIsFull(Refusal):
    code = "stand_is_full"
    text = _(
        "A stand has at most %(most)s badges. Nothing was issued; take somebody off first, or ask the "
        "organiser."
    )


class NoSuchMember(Refusal):
    code = "no_such_member"
    text = _("Choose a member of your organisation, or write a name. Nothing was issued.")


class TakenByOrganiser(Refusal):
    code = "badge_taken_by_organiser"
    text = _(
        "The organiser revoked the badge %(number)s of this person. Nothing was issued; ask the organiser to "
        "give it back."
    )


class BadgesNotYet(Refusal):
    code = "badges_not_yet"
    text = _("Badges are issued from the announcement of an edition to its end. Nothing was changed.")


class KeeperUnknown(Refusal):
    code = "door_keeper_unknown"
    text = _(
        "Nobody has an account with the address %(email)s. Nothing was changed; ask the person to create "
        "one, then name them again."
    )


class DoorNameTaken(Refusal):
    code = "door_name_taken"
    text = _("This edition has a door of that name already. Nothing was changed; choose another name.")


class NothingToPrint(Refusal):
    code = "nothing_to_print"
    text = _("No valid badge is there to be printed yet. Nothing was started.")


class UnreadableScans(Refusal):
    code = "scans_unreadable"
    status = 422
    text = _(
        "The device sent something that is no list of scans. Nothing was kept from it; its own list stays, "
        "reload the page of the door."
    )


class TooManyScans(Refusal):
    code = "scans_too_many"
    status = 413
    text = _(
        "A device sends at most %(most)s scans at once. Nothing was kept from this sending; send the rest in "
        "parts."
    )


class TooOften(Refusal):
    code = "scans_too_often"
    status = 429
    text = _(
        "This door sends too often. Nothing was lost: the scans stay on the device and are sent in a minute."
    )


class DoorGone(Refusal):
    code = "door_gone"
    status = 409
    text = _("This door is no longer kept. Nothing was kept from this sending; choose another door.")
