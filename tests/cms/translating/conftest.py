"""An article with every block, and what it takes to have it in other languages."""

import io
import json
import uuid

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.documents.models import Document
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.models import ArticlePage, NewsIndexPage, Picture
from tests.factories.catalogue import ProductFactory
from tests.factories.fairs import EditionFactory

# The checks let no page out that says nothing.
PARAGRAPH = json.dumps([{"type": "text", "value": "<p>On pèse.</p>"}])


def picture(title):
    """A picture of an editor."""
    drawn = io.BytesIO()
    Image.new("RGB", (80, 50), "#d98a00").save(drawn, "PNG")
    file = ContentFile(drawn.getvalue(), name=f"{title.lower()}.png")
    return Picture.objects.create(title=title, file=file, credit="M. A.", rights="own")


def listed(*values):
    """The items of a list block as the database keeps them."""
    return [{"type": "item", "value": value, "id": str(uuid.uuid4())} for value in values]


def news_in(language):
    """The section of news of a language."""
    return NewsIndexPage.objects.get(locale__language_code=language)


def article_in(language, **fields):
    """A published article."""
    told = {"title": "La récolte", "slug": "recolte", "subject": "harvest", "body": PARAGRAPH, **fields}
    page = news_in(language).add_child(instance=ArticlePage(locale=news_in(language).locale, **told))
    page.save_revision().publish()
    return page


@pytest.fixture
def chosen(db):
    """What the blocks of an article choose."""
    document = Document.objects.create(title="Tarif", file=ContentFile(b"%PDF", name="tarif.pdf"))
    return {
        "picture": picture("Champ"),
        "product": ProductFactory(),
        "edition": EditionFactory(announced=True),
        "document": document,
    }


@pytest.fixture
def body(chosen):
    """One of every block, with words and choices."""
    one = {"picture": chosen["picture"].pk, "alt": "Un champ", "caption": "En octobre"}
    rows = listed({"label": "Taliouine", "value": "12.5"}, {"label": "Taznakht", "value": "7"})
    steps = listed({"when": "Octobre", "title": "On cueille"}, {"when": "Novembre", "title": "On sèche"})
    blocks = {
        "text": '<p>Le <b>safran</b> <a href="https://example.org/">fleurit</a>.</p>',
        "picture": one,
        "gallery": listed({**one, "alt": "À gauche"}, {**one, "alt": "À droite"}),
        "quotation": {"text": "On sait lire un champ.", "source": "Le Matin"},
        "figures": {"title": "Récolte", "unit": "tonnes", "rows": rows, "source": "Ministère"},
        "timeline": steps,
        "products": {"title": "À goûter", "query": "safran bio", "chosen": [], "count": 4},
        "exhibitors": {"edition": chosen["edition"].pk, "count": 6},
        "countdown": {"edition": chosen["edition"].pk},
        "action": {"text": "Venez.", "label": "S’inscrire", "page": None, "address": "/fairs/"},
        "documents": listed(chosen["document"].pk),
        "video": {"address": "https://vimeo.com/123456789", "title": "Le film", "words": "On voit un champ."},
    }
    hand = {"title": "De Taliouine", "query": "", "chosen": listed(chosen["product"].pk), "count": 1}
    told = [*blocks.items(), ("products", hand)]
    return [{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in told]


@pytest.fixture
def article(house, chosen, body):
    """A published article in French with one of every block."""
    return article_in(
        "fr",
        intro="Elle commence.",
        picture=chosen["picture"],
        picture_alt="Un champ violet",
        sources="Le Matin | https://example.org/ | 2026",
        body=body,
    )


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
