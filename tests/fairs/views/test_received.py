"""The applications of an edition: searched, by state, with the score of the jury."""

import pytest
from django.urls import reverse

from fairs.applications.states import ApplicationState
from fairs.models import Juror, Review
from tests.factories.fairs import ApplicationFactory, CategoryFactory, who_applies, who_runs
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory
from tests.factories.selection import judged, judging

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def page(edition):
    return reverse("fairs:received", args=[edition.slug])


def shown(client, edition, **asked):
    return [one for one, _judged in client.get(page(edition), asked).context["rows"]]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_as_many_queries_for_three_as_for_one(client, rows, django_assert_num_queries):
    edition = judging()
    for _row in range(rows):
        CategoryFactory(edition=edition)
        judged(edition, 2)
    client.force_login(who_runs(edition))
    client.get(page(edition))

    with django_assert_num_queries(18):
        answer = client.get(page(edition))

    assert len(answer.context["rows"]) == rows


def test_list_is_narrowed_by_state_category_and_name_in_both_scripts(client):
    edition = judging()
    oils = CategoryFactory(edition=edition)
    saffron, argan = judged(edition, 3, name="Zaafran", name_ar="الزعفران"), judged(edition, 1, name="Argan")
    type(argan).objects.filter(pk=argan.pk).update(category=oils, state=ApplicationState.ACCEPTED)
    client.force_login(who_runs(edition))

    assert shown(client, edition, state="accepted") == [argan]
    assert shown(client, edition, category=str(oils.pk)) == [argan]
    assert shown(client, edition, text="زعفران") == shown(client, edition, text="zaa") == [saffron]
    assert shown(client, edition, state="draft", text="zaa argan") == []
    assert len(shown(client, edition, state="nonsense", category="x", page="")) == 2
    states = client.get(page(edition)).context["states"]
    assert [(one.value, many) for one, many in states] == [("sent", 1), ("accepted", 1)]


def test_score_is_hidden_from_a_reviewer_until_they_judged_and_from_a_rival(client):
    edition = judging()
    application = judged(edition, 3)
    person = who_runs(edition)
    client.force_login(person)

    def scores():
        return [one and one.score for _application, one in client.get(page(edition)).context["rows"]]

    assert scores() == [100]
    seat = Juror.objects.create(edition=edition, person=person)
    assert scores() == [None]
    Review.objects.create(
        application=application, juror=seat, rubric=edition.rubrics.get(), has_conflict=True
    )
    assert scores() == [100]
    MembershipFactory(user=person, organisation=ApplicationFactory(edition=edition).organisation)
    assert scores() == [None]


def test_applications_are_nobody_elses(client):
    application = judged(judging(), 3)

    for stranger in (UserFactory(), who_applies(application), who_runs(judging())):
        client.force_login(stranger)
        assert client.get(page(application.edition)).status_code == 404
