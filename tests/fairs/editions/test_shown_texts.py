"""What people read of an announced edition is written anew and never emptied."""

import pytest
from django.urls import reverse

from fairs.editions.actions import change_texts
from fairs.editions.errors import TextsAreRead
from fairs.editions.models import Edition
from fairs.editions.states import EditionState
from tests.factories.fairs import EditionFactory, who_runs
from tests.sent_forms import send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TEXTS = [f"{name}_{code}" for name in ("name", "place", "summary") for code in ("en", "fr", "ar")]
READ = "The edition is announced, and people read this text: write another one in its place."


def sent_with(client, edition, **typed):
    client.force_login(who_runs(edition))
    return send(client, reverse("fairs:texts", args=[edition.slug]), typed)


@pytest.mark.parametrize("name", TEXTS)
def test_text_that_people_read_is_not_emptied_in_any_language(client, name, refused):
    edition = EditionFactory(announced=True)

    answer = sent_with(client, edition, **{name: "  "})

    assert answer.context["form"].errors == {name: [READ]}
    refused(TextsAreRead, change_texts, edition, actor=who_runs(edition), **{name: " "})


@pytest.mark.parametrize("state", [EditionState.RUNNING, EditionState.CLOSED])
def test_it_holds_as_long_as_texts_are_written(state, refused):
    edition = EditionFactory(state=state)

    refused(TextsAreRead, change_texts, edition, actor=who_runs(edition), summary_fr="")


def test_text_of_a_draft_may_be_emptied(client):
    edition = EditionFactory()

    assert sent_with(client, edition, summary_fr="").status_code == 302
    assert Edition.objects.get().summary_fr == ""


def test_announced_edition_is_kept_with_a_place_that_it_never_had_in_a_language(client):
    edition = EditionFactory(announced=True, place_ar="")

    assert sent_with(client, edition, summary_fr="Huiles.").status_code == 302
    assert Edition.objects.get().summary_fr == "Huiles."
