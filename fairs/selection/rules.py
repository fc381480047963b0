"""Who may judge what."""

from typing import Any

from fairs.applications.states import ApplicationState


def sits_in_jury(juror: Any, user: Any) -> bool:
    """Whether this seat in a jury is this person's, and still taken."""
    return juror is not None and juror.person_id == user.pk and juror.left_at is None


def is_judged(application: Any) -> bool:
    """Whether an application waits for reviews and a decision."""
    return application.state == ApplicationState.SENT


def is_refused(application: Any) -> bool:
    """Whether there is a refusal: its applicant reads what it rests on, and may appeal."""
    return application.state == ApplicationState.REFUSED


def belongs_to_applicant(user: Any, application: Any) -> bool:
    """Whether a reviewer is a member of what applied: nobody judges their own."""
    return application.organisation.memberships.active().filter(user=user).exists()
