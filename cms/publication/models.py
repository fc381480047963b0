"""The step of an editor on a page's way: whoever approves it reads what somebody else wrote."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, Task, TaskState

from cms.publication.errors import ChangedSinceSent, OwnPage, ReasonMissing
from cms.translations.turns import APPROVE, REJECT
from moussem.core.errors import require


class ReadByAnother(AbstractGroupApprovalTask):
    """Read and approved by a member of a group who neither began the page nor sent it on its way."""

    class Meta:
        app_label = "cms"
        verbose_name = _("reading by somebody else")
        verbose_name_plural = _("readings by somebody else")

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        """One's own page one may take back for changes, and not approve."""
        actions = super().get_actions(obj, user)
        return [one for one in actions if one[0] != APPROVE or not is_ones_own(obj, user)]

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Whichever way somebody approves."""
        if action_name == APPROVE:
            page = task_state.workflow_state.content_object
            require(not is_ones_own(page, user), OwnPage, title=page.title)
        super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        return _("Members of the chosen groups approve what somebody else began and sent.")


def is_ones_own(page: Page, user: Any) -> bool:
    """Whether somebody began a page, or sent it on the way it is on."""
    state = page.current_workflow_state
    return user.pk in (page.owner_id, state.requested_by_id if state else None)


def require_another(page: Page, user: Any) -> None:
    """Refuse whoever would be next to approve, were the page not their own."""
    task = page.current_workflow_task
    if isinstance(task, ReadByAnother) and task.locked_for_user(page, user) is False:
        require(not is_ones_own(page, user), OwnPage, title=page.get_admin_display_title())


def require_as_sent(state: TaskState) -> None:
    """Refuse to approve another text than the one handed in, but for what its readers wrote into it."""
    page, task = state.workflow_state.content_object, state.task.specific
    latest = page.get_latest_revision()
    theirs = latest.user is not None and not task.locked_for_user(page, latest.user)
    require(latest.pk == state.revision_id or theirs, ChangedSinceSent, title=page.get_admin_display_title())


def decide_with_care() -> None:
    """Wagtail's own steps approve whatever was written last, and send back without a word."""
    AbstractGroupApprovalTask.on_action = _decide


def _decide(
    self: AbstractGroupApprovalTask, state: TaskState, user: Any, action_name: str, **told: Any
) -> None:
    if action_name == APPROVE:
        require_as_sent(state)
    elif action_name == REJECT:
        title = state.workflow_state.content_object.get_admin_display_title()
        require((told.get("comment") or "").strip(), ReasonMissing, title=title)
    Task.on_action(self, state, user, action_name, **told)
