from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class LastOwner(Refusal):
    code = "last_owner"
    text = _(
        "%(organisation)s would be left without an owner. Nothing was changed; make somebody else an owner "
        "first."
    )


class AlreadyMember(Refusal):
    code = "already_member"
    text = _("%(who)s is a member already. Nothing was changed; their role can be changed in the list.")


class RoleNotOffered(Refusal):
    code = "role_not_offered"
    text = _("This role cannot be given here. Nothing was changed; choose a role of the list.")


class TooManyInvitations(Refusal):
    code = "too_many_invitations"
    text = _(
        "%(count)s invitations are waiting for an answer already. Nothing was sent; withdraw one that is no "
        "longer needed, or wait."
    )


class InvitedTooOften(Refusal):
    code = "invited_too_often"
    text = _(
        "%(who)s was sent %(count)s invitations by %(organisation)s within a week already. Nothing was sent; "
        "ask whether the mail has arrived, perhaps among unwanted ones, or wait some days."
    )


class InvitedByTooMany(Refusal):
    code = "invited_by_too_many"
    text = _(
        "%(who)s was sent as many invitations today as one person can be sent. Nothing was sent; try again "
        "tomorrow."
    )


class InvitationGone(Refusal):
    code = "invitation_gone"
    status = 410
    text = _(
        "This invitation was used, withdrawn, or is older than a week. Nothing was changed; ask for a new "
        "one."
    )


class InvitationForOther(Refusal):
    code = "invitation_for_other"
    text = _(
        "This invitation was sent to another address than those of your account. It is still valid: sign in "
        "with the address that received it, or add that address to your account and confirm it."
    )


class LimitNotForRole(Refusal):
    code = "limit_not_for_role"
    text = _("Only a purchaser has an approval limit. Nothing was changed.")


class OwnOrganisation(Refusal):
    code = "own_organisation"
    text = _("You are a member of %(organisation)s, so another officer must check it. Nothing was changed.")


class ReasonMissing(Refusal):
    code = "checking_reason_missing"
    field = "reason"
    text = _("Say why: the owner reads it. Nothing was changed.")


class ConsentGone(Refusal):
    code = "consent_gone"
    text = _("This consent was already withdrawn. Nothing was changed.")


class ConsentHadEnded(Refusal):
    code = "consent_had_ended"
    text = _("This consent had ended already: its last day was %(day)s. Nothing was changed.")


class ConsentAlreadyOver(Refusal):
    code = "consent_already_over"
    text = _("The last day of this consent is past. Nothing was recorded; choose a later day.")


class AlreadySent(Refusal):
    code = "registration_already_sent"
    text = _("This registration was sent already. Nothing was registered twice; see your organisations.")


class NumberTaken(Refusal):
    code = "registration_number_taken"
    text = _(
        "An organisation with the registration number %(number)s is here already. Nothing was registered and "
        "what you typed is kept; ask its owner to invite you, or correct the number."
    )


class NotConfirmed(Refusal):
    code = "not_confirmed"
    text = _("What was typed is not “%(phrase)s”. Nothing was changed.")


class NothingToCheck(Refusal):
    code = "nothing_to_check"
    text = _(
        "An officer compares an organisation with the register and its address, and these are still to be "
        "filled in for %(organisation)s: %(missing)s. Nothing was sent; add them on its page, then ask again."
    )


class TooManyUnchecked(Refusal):
    code = "too_many_unchecked"
    text = _(
        "You own %(count)s organisations that nobody has checked yet. Nothing was registered and what you "
        "typed is kept; ask for their check first, then register this one."
    )
