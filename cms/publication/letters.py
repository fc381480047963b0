"""What the house writes to those who work in it: into the outbox, in the language of who reads it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageLogEntry, PageSubscription, Revision, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from cms.translations.minutes import CAME_OUT, publishers_of, translators_of
from moussem.core.mail import write_mail
from moussem.core.outbox import post_all
from moussem.people.models import User

# As Wagtail notes that a page is given its minute, and that it is taken away.
PLANNED, PLANS = "wagtail.publish.schedule", ("wagtail.publish.schedule", "wagtail.schedule.cancel")


def say_that_a_page_waits(state: TaskState, *, actor: User | None) -> None:
    """To everybody who may decide about it next."""
    page = state.workflow_state.content_object
    group = User.objects.filter(groups__in=state.task.specific.groups.all()).distinct()
    _write("waits", group, page, actor=actor, wish="submitted", author=_name(actor))


def say_that_a_page_came_out(state: WorkflowState, *, actor: User | None) -> None:
    """To who asked for it: it is published, or will be on its day."""
    page = state.content_object
    # What is published now has its day behind it.
    due = None if page.live and not page.has_unpublished_changes else page.go_live_at
    _write("came_out", _asker(state), page, actor=actor, wish="approved", due=due)


def say_that_a_page_came_back(state: WorkflowState, *, actor: User | None) -> None:
    """To who asked for it, with what is to be changed."""
    said = state.current_task_state.specific.get_comment()
    asker = _asker(state)
    _write(
        "came_back", asker, state.content_object, actor=actor, wish="rejected", said=said, reader=_name(actor)
    )


def say_what_was_commented(page: Page, changes: dict[str, Any], *, actor: User) -> None:
    """To who follows the comments of a page, or took part in one of those that changed."""
    said = [comment.text for comment in changes["new_comments"]]
    said += [reply.text for _comment, replies in changes["new_replies"] for reply in replies]
    settled = [comment.text for comment in (*changes["resolved_comments"], *changes["deleted_comments"])]
    if not said and not settled:
        return
    followers = PageSubscription.objects.filter(page=page, comment_notifications=True)
    touched = [*changes["resolved_comments"], *(comment for comment, _replies in changes["new_replies"])]
    people = set(followers.values_list("user", flat=True))
    for comment in touched:
        people |= {comment.user_id, *comment.replies.values_list("user", flat=True)}
    _write(
        "comments",
        User.objects.filter(pk__in=people),
        page,
        actor=actor,
        wish="updated_comments",
        said=said,
        settled=settled,
        author=_name(actor),
    )


def say_that_a_source_went(source: Page, gone: Iterable[Page], *, is_deleted: bool) -> None:
    """To who translated and first published them: readers lose them, because they lose their source."""
    actor = get_active_log_context().user
    for page in gone:
        told = {"source": source.get_admin_display_title(), "is_deleted": is_deleted}
        _write("source_went", {*translators_of(page), *publishers_of(page)[-1:]}, page, actor=actor, **told)


def say_that_an_hour_was_changed(entry: PageLogEntry) -> None:
    """To who wrote a page and who handed it in: the hour they were told of is another, or none any more."""
    told = PageLogEntry.objects.filter(page=entry.page_id, pk__lt=entry.pk, action__in=(*PLANS, *CAME_OUT))
    before = told.order_by("-pk").first()
    way = WorkflowState.objects.for_instance(entry.page).order_by("-created_at", "-pk").first()
    if before is None or before.action in CAME_OUT or _hour(before) == _hour(entry):
        return
    # Whose page was approved since hears of its hour with that.
    step = way.current_task_state if way else None
    if entry.action == PLANNED and step and step.finished_at and step.finished_at > before.timestamp:
        return
    due = _hour(entry)
    people = {entry.page.owner, *(_asker(way) if way else ())} - {None}
    _write("hour", people, entry.page, actor=entry.user, wish="approved", due=due, reader=_name(entry.user))


def _hour(entry: PageLogEntry) -> datetime | None:
    """The minute that an entry of the log gives a page; none where it takes one away."""
    told = entry.data.get("revision", {}).get("go_live_at") if entry.action == PLANNED else None
    # A text once the log is read, not while it is written.
    return parse_datetime(str(told)) if told else None


def say_that_a_page_is_stuck(revision: Revision) -> None:
    """To who planned it, once: its minute has passed, and readers do not see it."""
    page = revision.content_object
    minute = revision.approved_go_live_at
    once = f"stuck-{revision.pk}-{minute:%Y%m%d%H%M}"
    _write("stuck", publishers_of(page)[:1], page, actor=None, once=once, due=minute)


def _asker(state: WorkflowState) -> list[User]:
    return [state.requested_by] if state.requested_by else []


def _name(person: User | None) -> str:
    return str(person) if person else ""


def _write(
    letter: str,
    people: Iterable[User],
    page: Page,
    *,
    actor: User | None,
    wish: str = "",
    once: str = "",
    **context: Any,
) -> None:
    """One letter to each of these people but who did it, as far as they wish to hear of such things."""
    link = settings.SITE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])
    title = page.specific.get_admin_display_title()
    post_all(
        write_mail(
            f"cms/mail/{letter}.txt",
            to=person.email,
            language=person.language,
            key=f"{once}-{person.pk}" if once else None,
            title=title,
            link=link,
            **context,
        )
        for person in people
        if person != actor and person.is_active and (not wish or _wishes(person, wish))
    )


def _wishes(person: User, wish: str) -> bool:
    return getattr(UserProfile.get_for_user(person), f"{wish}_notifications")
