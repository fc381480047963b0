"""Groups, steps and collections are named in the language of who reads them, and kept in one."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import override
from wagtail.models import Collection, Task, Workflow

from cms.installation.actions import plant
from cms.installation.workflow import NAME, TASKS
from tests.cms.scenes import chief
from tests.factories.pages import article, region_page
from tests.factories.roles import browser_of, correspondent_of, member_of, sent, typed_body

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_name_of_ours_is_shown_in_the_language_of_its_reader(house, language):
    region_page()
    kept = [one.name for kind in (Group, Collection, Task, Workflow) for one in kind.objects.all()]

    with override(language):
        alike = {name for name in kept if f"{name!s}" == str.__str__(name)}
        drawn = format_html("{}", Workflow.objects.get().name)

    assert alike == set()
    assert NAME not in drawn


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_desk_of_a_page_in_review_names_its_step_in_no_other_language(house, language):
    author = member_of("Authors", language=language)
    page = article(live=False, owner=author)
    desk = reverse("wagtailadmin_pages:edit", args=[page.pk])
    browser = browser_of(author)
    browser.post(desk, sent(page, **typed_body(), **{"action-submit": "1"}))
    page.refresh_from_db()

    status = f"/editors/pages/{page.pk}/workflow/status/"
    told = "".join(browser.get(address).text for address in (desk, reverse("wagtailadmin_home"), status))
    assert [name for name in (NAME, *(name for name, *_more in TASKS)) if name in told] == []
    assert page.current_workflow_task.name == TASKS[0][0]


def test_collections_are_named_to_a_correspondent_in_the_own_language(house):
    person = correspondent_of(region_page().region)
    person.language = "fr"
    person.save()

    told = browser_of(person).get(reverse("wagtailimages:add_multiple")).text

    assert "Correspondents of" not in told


def test_name_is_kept_as_it_was_whatever_the_language_of_who_saves_it(house):
    workflow = Workflow.objects.get()
    with override("fr"):
        workflow.save()
        plant()

    assert list(Workflow.objects.values_list("name", flat=True)) == [NAME]
    assert Task.objects.count() == len(TASKS)


def test_form_of_a_group_holds_the_name_that_is_kept(house):
    browser = chief()
    group = Group.objects.get(name="Editors")

    told = browser.get(f"/editors/groups/edit/{group.pk}/", headers={"accept-language": "fr"}).text

    assert 'value="Editors"' in told


def test_name_that_somebody_else_gave_stays(house):
    Group.objects.create(name="Friends of the fair")

    with override("ar"):
        assert str(Group.objects.get(name__startswith="Friends").name) == "Friends of the fair"
