"""Groups, steps and collections are named in the language of who reads them, and kept in one."""

from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.html import format_html, strip_tags
from django.utils.translation import override
from wagtail.models import Collection, Page, PageLogEntry, Task, Workflow

from catalogue.models import ProductText
from cms.installation.actions import plant
from cms.installation.workflow import NAME, TASKS
from tests.cms.scenes import chief
from tests.factories.catalogue import ProductFactory
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


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_history_of_a_page_names_its_steps_in_no_other_language(house, language):
    person = member_of("Authors", language=language)
    page = article(live=False, owner=person)
    page.get_workflow().start(page, person)
    page.current_workflow_state.cancel(user=person)

    told = browser_of(person).get(reverse("wagtailadmin_pages:history", args=[page.pk])).text

    assert [name for name in (NAME, *(name for name, *_more in TASKS)) if name in told] == []
    with override(language):
        assert str(Workflow.objects.get().name) in unescape(told)
    assert PageLogEntry.objects.get(action="wagtail.workflow.start").data["workflow"]["title"] == NAME


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


def test_region_of_correspondents_is_named_without_its_code(house):
    region = region_page().region
    kept = Group.objects.get(name__startswith=f"Correspondents of {region.code} ").name

    assert str(kept) == f"Correspondents of {region.name_fr}"


def test_tree_of_pages_begins_with_the_name_of_the_house(house):
    assert Page.objects.get(depth=1).title == "Moussem"


def test_words_that_are_asked_for_once_are_in_the_language_of_their_reader(house):
    editor, page = member_of("Editors", language="fr"), article(live=False)
    page.get_workflow().start(page, member_of("Authors"))
    state, step = page.current_workflow_task_state, "wagtailadmin_pages:workflow_action"
    browser = browser_of(editor)

    asked = browser.get(reverse(step, args=[page.pk, "approve", state.pk])).json()["html"]
    chooser = browser.get("/editors/images/chooser/").json()["html"]

    assert "Commentaire" in asked
    assert "Search" not in strip_tags(chooser)


def test_who_only_reads_a_page_in_review_hears_whose_turn_it_is(house):
    author = member_of("Authors", language="en")
    page = article(live=False, owner=author)
    page.get_workflow().start(page, author)

    shown = browser_of(author).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text

    assert "This page is in review. It waits for: Editors. You can read it." in shown


def test_products_are_chosen_under_their_titles_in_the_editors_language(house):
    product = ProductFactory()
    ProductText.objects.filter(product=product, language="fr").delete()
    ProductText.objects.create(product=product, language="fr", title="Safran du matin")
    browser = browser_of(member_of("Editors", language="fr"))

    chosen = browser.get(f"/editors/choose/product/chosen/{product.pk}/").json()["result"]["title"]
    listed = browser.get("/editors/choose/product/").json()["html"]

    assert chosen == "Safran du matin"
    assert "Safran du matin" in listed
