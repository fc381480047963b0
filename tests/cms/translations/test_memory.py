"""Drafts that no machine elsewhere wrote."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation
from wagtail_localize.strings import StringValue

from cms.translations.actions import fill_from_memory
from cms.translations.memory import Memory, is_without_words
from tests.factories.pages import article_in, say, translation_into
from tests.factories.people import UserFactory

pytestmark = pytest.mark.integration


@pytest.fixture
def translator(db):
    return UserFactory(is_superuser=True, is_staff=True)


def drafted(*texts, into="ar"):
    """What the memory makes of French texts."""
    french, other = (Locale.objects.get(language_code=code) for code in ("fr", into))
    found = Memory({}).translate(french, other, [StringValue(text) for text in texts])
    return {one.data: said.data for one, said in found.items()}


def test_name_of_the_trade_is_known_with_its_capital(house):
    assert drafted("Safran", into="en") == {"Safran": "Saffron"}


def test_what_nobody_translated_stays_empty(house):
    assert drafted("Une phrase que personne n’a lue.") == {}


@pytest.mark.parametrize(
    ("text", "said"), [("12,5", True), ("<b>2026</b>", True), ("&amp; 3", True), ("3 t", False)]
)
def test_figures_need_no_translation(text, said):
    assert is_without_words(text) is said


def test_passage_translated_before_is_drafted_and_marked(house, translator):
    say(translation_into("ar", article_in("fr")), {"La récolte": "الجني"})
    again = translation_into("ar", article_in("fr", slug="encore", intro="Du nouveau.", body="[]"))

    assert fill_from_memory(again, by=translator) == 1
    said = StringTranslation.objects.get(
        context__object_id=again.source.object_id, locale=again.target_locale
    )
    assert (said.data, said.translation_type, said.tool_name) == ("الجني", "machine", "MT")


def test_machines_draft_is_never_taken_for_a_translation(house, translator):
    first = translation_into("ar", article_in("fr"))
    say(first, {"La récolte": "الجني"}, translation_type="machine")
    again = translation_into("ar", article_in("fr", slug="encore", body="[]"))
    assert fill_from_memory(again, by=translator) == 0


def test_what_a_person_wrote_is_not_drafted_over(house, translator):
    say(translation_into("ar", article_in("fr")), {"La récolte": "الجني"})
    again = translation_into("ar", article_in("fr", slug="encore", body="[]"))
    say(again, {"La récolte": "حصاد"})

    assert fill_from_memory(again, by=translator) == 0
    said = StringTranslation.objects.get(
        context__object_id=again.source.object_id, locale=again.target_locale
    )
    assert said.data == "حصاد"
