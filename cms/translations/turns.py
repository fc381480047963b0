"""Whose turn it is with a page on its way, and what is said of it after each step."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock
from wagtail.models import AbstractGroupApprovalTask, Page, WorkflowState

from moussem.core.templatetags.times import with_zone

APPROVE, REJECT = "approve", "reject"


def steps_of(page: Page, user: Any) -> set[str]:
    """What somebody may do with a page at the step it is at."""
    task = page.current_workflow_task
    return {name for name, _label, _asks in task.get_actions(page, user)} if task else set()


def is_turn_of(page: Page, user: Any) -> bool:
    """Whether a page waits for a group that somebody is in; its own author may still be refused."""
    task = page.current_workflow_task
    return isinstance(task, AbstractGroupApprovalTask) and not task.locked_for_user(page, user)


def whose_turn(page: Page) -> str:
    """The groups whose members decide about a page next, or the name of its step; empty where none waits."""
    task = page.current_workflow_task
    if task is None:
        return ""
    groups = task.groups.order_by("name") if isinstance(task, AbstractGroupApprovalTask) else ()
    return ", ".join(str(group.name) for group in groups) or str(task.name)


def said_of(page: Page) -> str:
    """Where a page is after somebody decided about it, in a sentence."""
    page = page.specific_class.objects.get(pk=page.pk)
    title = page.get_admin_display_title()
    state = page.current_workflow_state
    if turn := whose_turn(page):
        return _("“%(title)s” is approved. Next: %(turn)s.") % {"title": title, "turn": turn}
    if state is not None:
        return _("“%(title)s” went back to who sent it, who hears what is to be changed.") % {"title": title}
    if planned := page.scheduled_revision:
        day = with_zone(planned.approved_go_live_at)
        return _("“%(title)s” is approved. Readers see it from %(day)s on.") % {"title": title, "day": day}
    return _("“%(title)s” is approved and published: readers see it now.") % {"title": title}


@dataclass(frozen=True)
class Wanted:
    """What is to be changed in a page that was sent back: the words, whose they are, since when."""

    said: str
    reader: str
    at: datetime

    def __str__(self) -> str:
        told = {"reader": self.reader, "day": with_zone(self.at), "said": self.said}
        if not self.said:
            return (
                _("%(reader)s sent this page back on %(day)s, without a word of what is to be changed.")
                % told
            )
        return (
            _("%(reader)s sent this page back on %(day)s: “%(said)s” Mend it, then hand it in again.") % told
        )


def wanted_of(page: Page) -> Wanted | None:
    """What is to be changed in a page; nothing where it was not sent back."""
    state = page.current_workflow_state
    return wanted_in(state) if state and state.status == state.STATUS_NEEDS_CHANGES else None


def wanted_in(state: WorkflowState) -> Wanted:
    """What is to be changed, of a page that was sent back on this way."""
    task = state.current_task_state
    reader = str(task.finished_by or _("Somebody who works here no more"))
    return Wanted(task.specific.get_comment(), reader, task.finished_at)


class InReview(WorkflowLock):
    """Wagtail's own lock of a page on its way, saying whose turn it is."""

    def get_message(self, user: Any) -> str:
        if not self.for_user(user):
            return ""
        said = _("This page is in review. It waits for: %(turn)s. You can read it.")
        return said % {"turn": whose_turn(self.object)}
