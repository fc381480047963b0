"""A translator keeps words while other blocks of a source come out: neither is lost."""

import json

from cms.models import ArticlePage
from cms.translations.actions import keep_typed, publish_translation
from cms.translations.passages import passages_of
from tests.factories.pages import article_in, block, say, translation_into
from tests.factories.people import UserFactory
from tests.races import on_postgresql, while_it_waits

pytestmark = on_postgresql


def test_words_kept_meanwhile_are_not_published_by_who_publishes_the_source(house):
    publisher = UserFactory(is_superuser=True, is_staff=True)
    translation = translation_into("ar", article_in("fr", intro="Elle commence."))
    say(translation)
    publish_translation(translation, by=publisher)
    source = ArticlePage.objects.get(locale=translation.source.locale)
    shelf = block("products", {"title": "", "query": "safran", "chosen": [], "count": 4})
    source.body = json.dumps([*source.body.get_prep_value(), shelf])

    with while_it_waits(translation, lambda: source.save_revision().publish()):
        said = [(one, "كتب") for one in passages_of(translation) if one.source == "Elle commence."]
        keep_typed(translation, said, {}, by=publisher)

    page = ArticlePage.objects.get(locale=translation.target_locale)
    assert (page.intro, [one.block_type for one in page.body]) == ("*Elle commence.", ["text"])
    translation.source.refresh_from_db()
    assert "products" in translation.source.content_json
