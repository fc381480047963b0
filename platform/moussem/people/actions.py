from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.mail import post_mail
from moussem.core.sites import address_of
from moussem.people.models import User

# As the page of sign-in and security names them.
SECOND_STEPS = {
    Authenticator.Type.TOTP.value: _("Codes from an app"),
    Authenticator.Type.WEBAUTHN.value: _("Passkey"),
    Authenticator.Type.RECOVERY_CODES.value: _("Recovery codes"),
}
PREFERENCES = ("first_name", "last_name", "language", "time_zone")


@transaction.atomic
def set_preferences(*, actor: User, **wanted: Any) -> User:
    """The person's own name, language and time zone; the log says which changed, not what they are."""
    person = lock(actor)
    changed = [name for name in PREFERENCES if name in wanted and getattr(person, name) != wanted[name]]
    if not changed:
        return person
    for name in changed:
        setattr(person, name, wanted[name])
    person.save(update_fields=changed)
    record("preferences_changed", person, actor=actor, changed=changed)
    return person


def steps_beside(step: Authenticator, *, of: User) -> QuerySet[Authenticator]:
    """The apps and passkeys of a person that stay when this step goes."""
    steps = Authenticator.objects.filter(user=of).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return steps.exclude(pk=step.pk)


@transaction.atomic
def take_second_step_away(step: Authenticator, *, actor: User, reason: str) -> None:
    """A person's sign-in without this step, by an officer; the person is told, whoever asked for it.

    With the last app or passkey go the recovery codes: they stand in for it, and are no step of their own.
    """
    person = lock(step.user)
    with override(person.language):
        named = str(SECOND_STEPS[step.type])
    step.delete()
    codes = [] if steps_beside(step, of=person).exists() else Authenticator.objects.filter(user=person)
    also = [code.type for code in codes]
    for code in codes:
        code.delete()
    facts = {"also": also} if also else {}
    record("second_step_removed", person, actor=actor, step=step.type, reason=reason, **facts)
    post_mail(
        "people/mail/second_step_removed.txt",
        to=person.email,
        language=person.language,
        step=named,
        codes_too=bool(also),
        reason=reason,
        link=address_of("people:security", language=person.language),
    )
