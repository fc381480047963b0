"""What a visitor of the demonstration finds to do."""

import pytest
from wagtail.models import Page

from cms.desk.arrival import begun_by
from cms.desk.waiting import waiting_for
from cms.models import ArticlePage
from cms.publication.findings import errors_of
from cms.showcase.people import bring_in_the_newsroom
from cms.showcase.work import leave_work
from moussem.people.models import User
from tests.factories.pages import region_page
from tests.factories.regions import RegionFactory

pytestmark = pytest.mark.integration


@pytest.fixture
def work(house):
    RegionFactory()
    bring_in_the_newsroom()
    region_page("MA-09", "fr")
    return leave_work()


def person(role):
    return User.objects.get(email=f"{role}@demo.example")


def test_something_waits_for_each_role(work):
    steps = {page.slug: page.current_workflow_task for page in ArticlePage.objects.all()}
    assert sorted(str.__str__(step.name) for step in steps.values() if step) == [
        "Editorial review",
        "Final approval",
    ]
    assert [len(begun_by(person(role))) for role in ("author", "correspondent", "editor")] == [1, 1, 0]

    waits = {
        each.locale.language_code: [page.slug for page in each.never] for each in waiting_for(Page.objects)
    }
    assert (waits["ar"].count("palettes-la-marque-nimp-15"), waits["fr"]) == (1, [])


def test_work_is_left_once_and_stays_as_somebody_made_it(work):
    page = ArticlePage.objects.get(slug="eau-de-rose-ou-tonique")
    page.title = "Mine"
    page.save_revision()

    assert (work, leave_work(), ArticlePage.objects.count()) == (5, 0, 5)
    assert page.get_latest_revision_as_object().title == "Mine"


def test_nothing_keeps_what_was_begun_from_its_readers_but_its_next_reader(work):
    assert [errors_of(page) for page in ArticlePage.objects.all()] == [[]] * 5
