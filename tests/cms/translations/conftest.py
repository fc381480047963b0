"""An article with every block, and what it takes to have it in other languages."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.documents.models import Document

from cms.models import Picture
from tests.factories.catalogue import ProductFactory
from tests.factories.fairs import EditionFactory
from tests.factories.pages import article_in, block, items


def picture(title):
    """A picture of an editor."""
    drawn = io.BytesIO()
    Image.new("RGB", (80, 50), "#d98a00").save(drawn, "PNG")
    file = ContentFile(drawn.getvalue(), name=f"{title.lower()}.png")
    return Picture.objects.create(title=title, file=file, credit="M. A.", rights="own")


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
    rows = items([{"label": "Taliouine", "value": "12.5"}, {"label": "Taznakht", "value": "7"}])
    steps = [{"when": "Octobre", "title": "On cueille"}, {"when": "Novembre", "title": "On sèche"}]
    blocks = {
        "text": '<p>Le <b>safran</b> <a href="https://example.org/">fleurit</a>.</p>',
        "picture": one,
        "gallery": [{**one, "alt": "À gauche"}, {**one, "alt": "À droite"}],
        "quotation": {"text": "On sait lire un champ.", "source": "Le Matin"},
        "figures": {"title": "Récolte", "unit": "tonnes", "rows": rows, "source": "Ministère"},
        "timeline": steps,
        "products": {"title": "À goûter", "query": "safran bio", "chosen": [], "count": 4},
        "exhibitors": {"edition": chosen["edition"].pk, "count": 6},
        "countdown": {"edition": chosen["edition"].pk},
        "action": {"text": "Venez.", "label": "S’inscrire", "page": None, "address": "/fairs/"},
        "documents": [chosen["document"].pk],
        "video": {"address": "https://vimeo.com/123456789", "title": "Le film", "words": "On voit un champ."},
    }
    hand = {"title": "De Taliouine", "query": "", "chosen": items([chosen["product"].pk]), "count": 1}
    told = [*blocks.items(), ("products", hand)]
    return [block(kind, value) for kind, value in told]


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
