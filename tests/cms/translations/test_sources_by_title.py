"""A translator gives the title of a source; its link and its date are those of the page."""

from importlib import import_module

import pytest
from django.apps import apps
from wagtail_localize.models import String, StringSegment, StringTranslation, TranslationContext

from cms.models import ArticlePage
from cms.pages.fields import SourcesField
from cms.pages.sources import key_of
from cms.translations.actions import publish_translation, take_changes
from cms.translations.passages import grouped, passages_of
from tests.cms.scenes import chief
from tests.factories.pages import article_in, say, translation_into
from tests.factories.people import UserFactory

pytestmark = pytest.mark.integration

SOURCES = (
    "Bulletin 5862 | https://a.example/5862 | 2010-08-05\n"
    "Guide | ONSSA | https://b.example/ | 2026 | en\n"
    "Une lettre"
)
SAID = {"Bulletin 5862": "النشرة", "Guide | ONSSA": "دليل | أونسا", "Une lettre": "رسالة"}


@pytest.fixture
def arabic(house):
    return translation_into("ar", article_in("fr", sources=SOURCES))


def out(translation):
    """The sources of the page in its language, once published."""
    publish_translation(translation, by=UserFactory(is_superuser=True))
    return ArticlePage.objects.get(locale__language_code="ar").sources


def in_the_old_form(translation, said):
    """The sources as one passage of lines, and what a translator wrote for it."""
    StringSegment.objects.filter(context__path__startswith="sources").delete()
    StringTranslation.objects.filter(context__path__startswith="sources").delete()
    where = {"object_id": translation.source.object_id}
    context, _ = TranslationContext.objects.get_or_create(**where, path="sources", field_path="sources")
    words = SOURCES.replace("\n", "<br/>")
    string, _ = String.objects.get_or_create(locale=translation.source.locale, data=words)
    StringSegment.objects.create(
        source=translation.source, context=context, string=string, order=9, attrs="null"
    )
    StringTranslation.objects.create(
        translation_of=string,
        context=context,
        locale=translation.target_locale,
        data=said,
        translation_type="manual",
    )
    import_module("cms.migrations.0003_begun_translations_by_title").part(apps, None)


def titles(translation):
    return {
        one.source: (one.text, one.is_machine) for one in passages_of(translation) if one.place == "Sources"
    }


def test_each_title_is_a_passage_of_one_group_and_shows_no_sign_that_parts_a_line(arabic):
    (group,) = [members for place, members in grouped(passages_of(arabic)) if place == "Sources"]
    assert [one.source for one in group] == list(SAID)


def test_bare_titles_keep_the_link_and_the_date_of_each_source(arabic):
    say(arabic, SAID)
    assert out(arabic) == (
        "النشرة | https://a.example/5862 | 2010-08-05\nدليل | أونسا | https://b.example/ | 2026\nرسالة"
    )


def test_readers_get_the_link_under_the_title_of_their_language(arabic):
    say(arabic, SAID)
    out(arabic)
    page = chief().get("/ar/news/recolte/").text
    assert '<a href="https://a.example/5862" rel="noopener"><bdi dir="rtl">النشرة</bdi></a>' in page


def test_title_left_as_it_was_stays_in_its_language(arabic):
    say(arabic, SAID | {"Guide | ONSSA": "Guide | ONSSA"})
    assert out(arabic).splitlines()[1] == "Guide | ONSSA | https://b.example/ | 2026 | en"


def test_titles_keep_their_translation_when_sources_come_before_them_or_move(arabic):
    say(arabic, SAID)
    source = arabic.source.get_source_instance()
    first, *others = SOURCES.splitlines()
    source.sources = "\n".join(["Une autre | https://c.example/", *others, first])
    source.save_revision().publish()
    take_changes(arabic.source)
    assert {title: text for title, (text, _) in titles(arabic).items()} == {**SAID, "Une autre": ""}


def test_title_that_stands_twice_is_translated_once():
    field, line = SourcesField(), "A | https://a.example/ | 2026"
    (segment,) = field.get_translatable_segments(f"{line}\n{line}")
    assert (segment.path, segment.render_text()) == (key_of("A"), "A")


@pytest.mark.parametrize(
    "said",
    [
        "النشرة<br/>دليل | أونسا | | | ar<br/>رسالة",
        "النشرة | https://a.example/5862 | 2010-08-05<br/>دليل | أونسا | https://b.example/ | 2026<br/>رسالة",
    ],
)
def test_draft_of_all_sources_at_once_is_read_title_by_title(arabic, said):
    in_the_old_form(arabic, said)
    assert titles(arabic) == {title: (text, False) for title, text in SAID.items()}


def test_draft_with_fewer_lines_than_sources_waits_for_somebody_to_read_it(arabic):
    in_the_old_form(arabic, "النشرة<br/>رسالة")
    assert titles(arabic) == {
        "Bulletin 5862": ("النشرة", True),
        "Guide | ONSSA": ("رسالة", True),
        "Une lettre": ("", False),
    }
