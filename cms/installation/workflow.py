"""The way of a page from its author to its readers: an editor reads it, then a publisher lets it out."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext_noop
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from cms.pages.home import HomePage
from cms.publication.models import ReadByAnother
from cms.staff.roles import EDITORS, PUBLISHERS

# As Wagtail's sentences take them: “Submit to …”, “Awaiting …”, “Changes requested at …”.
NAME = gettext_noop("Review and publishing")
TASKS = (
    (gettext_noop("Editorial review"), EDITORS, ReadByAnother),
    (gettext_noop("Final approval"), PUBLISHERS, GroupApprovalTask),
)
# A word of Wagtail's before the name of a step; in French its own translation lacks what joins them.
BEFORE_A_STEP = gettext_noop("Awaiting")
# What Wagtail's migrations bring, for a group that we do not have.
STOCK = "Moderators approval"


@transaction.atomic
def plant_workflow() -> None:
    """The workflow of every home page that has none; whoever runs the site may choose another one later."""
    Workflow.objects.filter(name=STOCK, workflow_states=None).delete()
    GroupApprovalTask.objects.filter(name=STOCK, task_states=None).delete()
    workflow, _new = Workflow.objects.get_or_create(name=NAME)
    for position, (name, role, kind) in enumerate(TASKS):
        task, new = kind.objects.get_or_create(name=name)
        if new:
            task.groups.set(Group.objects.filter(name=role.name))
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": position})
    for home in HomePage.objects.all():
        WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})
