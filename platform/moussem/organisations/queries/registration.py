"""The answers of a registration so far."""

from typing import Any

from moussem.organisations.models import RegistrationDraft


def draft_of(user: Any) -> dict[str, Any]:
    """What this person has typed so far to register an organisation."""
    draft = RegistrationDraft.objects.filter(user=user).first()
    return {} if draft is None else draft.typed
