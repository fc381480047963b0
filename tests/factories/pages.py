"""Pages as an editor writes and publishes them, and their translations."""

import json
from uuid import uuid4

from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.models import (
    ArticlePage,
    FairPage,
    HomePage,
    MarketNotePage,
    NewsIndexPage,
    PlainPage,
    ProgrammePage,
    RegionPage,
    SectionPage,
    StoryPage,
)
from tests.factories.regions import RegionFactory

KINDS = {
    "article": ArticlePage,
    "fair": FairPage,
    "note": MarketNotePage,
    "plain": PlainPage,
    "programme": ProgrammePage,
    "region": RegionPage,
    "story": StoryPage,
}
TEXT = [{"type": "text", "value": "<p>Harvest is over, and the lots are weighed.</p>"}]


def home(language="en"):
    """The home page of a language."""
    return HomePage.objects.get(locale__language_code=language)


def news(language="en"):
    """The list of articles of a language."""
    return NewsIndexPage.objects.get(locale__language_code=language)


def put_below(parent, page, *, live=True):
    """A page below another one, published or a draft."""
    page.locale, page.live = parent.locale, False
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    page.refresh_from_db()
    return page


def write(section, kind, /, *, language="en", slug="one", below=None, body=(), **fields):
    """A published page of a kind, in a section of its language or ``below`` another page."""
    above = below or home(language)
    parent = above.get_children().get(slug=section).specific if section else above
    page = KINDS[kind](slug=slug, **{"title": "A page", **fields})
    page.body = body_of(*body)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def write_below(parent, kind=ArticlePage, **fields):
    """A published page with an introduction below another one."""
    subject = {"subject": "harvest"} if kind is ArticlePage else {}
    told = {"title": "Saffron is in", "intro": "The flowers opened early.", **subject, **fields}
    return put_below(parent, kind(**told))


def article(title="The harvest is over", *, below=None, language="en", live=True, **fields):
    """An article of the news, or of a region."""
    parent = below or news(language)
    fields = {"subject": "harvest", "body": json.dumps(TEXT), "slug": fields.pop("slug", None), **fields}
    return put_below(parent, ArticlePage(title=title, **fields), live=live)


def article_in(language, **fields):
    """A published article of few words, as it is translated."""
    few = body_of(("text", "<p>On pèse.</p>"))
    return article(language=language, **{"title": "La récolte", "slug": "recolte", "body": few, **fields})


def region_page(code="MA-09", language="en", *, live=True, **fields):
    """The page of a region in one language."""
    region = RegionFactory(code=code)
    section = SectionPage.objects.get(slug="terroirs", locale__language_code=language)
    twin = RegionPage.objects.filter(region=region).first()
    if twin is not None:
        fields["translation_key"] = twin.translation_key
    page = RegionPage(title=region.name_en, slug=code.lower(), region=region, body=json.dumps(TEXT), **fields)
    return put_below(section, page, live=live)


def body_of(*blocks):
    """A body of these blocks, each a kind and a value."""
    return json.dumps([block(kind, value) for kind, value in blocks])


def block(name, value):
    """A block of a body as it is kept."""
    if isinstance(value, list):
        value = items(value)
    return {"type": name, "value": value, "id": str(uuid4())}


def items(values):
    """The members of a list inside a block, as they are kept."""
    return [{"type": "item", "value": value, "id": str(uuid4())} for value in values]


def translation_into(language, page):
    """The translation of a page, submitted as an editor submits it."""
    locale = Locale.objects.get(language_code=language)
    translate_object(page, [locale])
    return Translation.objects.get(source__object_id=page.translation_key, target_locale=locale)


def say(translation, words=None, mark="*", **kept):
    """Translate every segment: as ``words`` has it, or marked."""
    for segment in translation.source.stringsegment_set.select_related("string"):
        source = segment.string.data
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=translation.target_locale,
            defaults={"data": (words or {}).get(source, mark + source), "translation_type": "manual", **kept},
        )
