"""A conflict of interest: what is said to the reviewer, and to who needs another one."""

import pytest
from django.urls import reverse

from fairs.selection.models import Review
from tests.factories.fairs import ApplicationFactory, who_runs
from tests.factories.selection import judged, judging

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def address(name, edition, *more):
    return reverse(f"fairs:{name}", args=[edition.slug, *more])


def test_reviewer_reads_that_scores_beside_a_conflict_do_not_count(client):
    edition = judging(jurors=1)
    application = ApplicationFactory(edition=edition, sent=True)
    client.force_login(edition.jurors.get().person)
    page = address("judge_one", edition, application.pk)
    typed = {"score-product": "3", "score-price": "3", "has_conflict": "on"}

    asked = client.get(page).content.decode()
    answer = client.post(page, typed, follow=True)

    assert "No scores count then" in asked
    said = "Your conflict of interest is kept. You gave no scores, and others judge this one."
    assert [str(message) for message in answer.context["messages"]] == [said]
    assert Review.objects.get().scores == {}


def test_selection_counts_reviews_that_count_and_asks_for_another_reviewer(client):
    edition = judging(jurors=2)
    application = judged(edition, 3)
    first, second = edition.jurors.order_by("pk")
    client.force_login(who_runs(edition))
    before = client.get(address("selection", edition)).context

    Review.objects.filter(juror=second, application=application).update(has_conflict=True, scores={})
    page = client.get(address("selection", edition))

    counted = [(one.pk, one.written, one.conflicts) for one in page.context["jury"]]
    assert (before["lacking"], page.context["lacking"]) == (0, 1)
    assert sorted(counted) == [(first.pk, 1, 0), (second.pk, 0, 1)]
    assert "Another reviewer is needed" in page.content.decode()
