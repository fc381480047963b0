from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from catalogue.models import ProductText
from moussem.trade.documents.actions import issue_confirmation, issue_proformas
from moussem.trade.order.models import Line
from tests.factories.catalogue import ProductFactory
from tests.factories.trade import accepted_order, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
MIGRATION = "moussem.trade.order.migrations.0025_lines_keep_their_titles"


@pytest.fixture
def renamed():
    """An accepted order of saffron that its seller calls otherwise since."""
    selling = seller()
    saffron = ProductFactory(organisation=selling.organisation, title="Saffron threads", texts=False)
    for language, title in {"en": "Saffron threads", "fr": "Safran", "ar": "زعفران"}.items():
        ProductText.objects.create(product=saffron, language=language, title=title)
    order = accepted_order(seller_side=selling, wanted=[(saffron, 500)])
    issue_proformas([order])
    ProductText.objects.filter(product=saffron).update(title="Turmeric powder")
    return order


def test_an_order_is_shown_as_it_was_ordered_after_a_rename(client, renamed):
    read = {
        renamed.user: [
            "orders:order",
            "orders:purchases",
            "orders:purchase",
            "payment:history",
        ],
        renamed.seller.memberships.get().user: ["desk:order", "desk:pick", "desk:orders", "desk:home"],
    }
    keys = {"orders:purchase": [renamed.purchase.number]}
    for name in ("orders:order", "desk:order", "desk:pick"):
        keys[name] = [renamed.number]

    for reader, names in read.items():
        client.force_login(reader)
        for name in names:
            page = client.get(reverse(name, args=keys.get(name, []))).content.decode()
            assert (name, "Saffron threads" in page, "Turmeric" in page) == (name, True, False)


def test_a_paper_issued_after_a_rename_names_what_was_ordered(renamed):
    titles = issue_confirmation(renamed).content["lines"][0]["titles"]

    assert titles == {"en": "Saffron threads", "fr": "Safran", "ar": "زعفران"}


def test_a_line_speaks_the_language_of_its_reader(renamed):
    line = renamed.lines.get()
    said = {}
    for language in ("en", "fr", "ar"):
        with translation.override(language):
            said[language] = line.label

    assert said == line.titles
    assert Line(title="Safran").label == "Safran"


def test_earlier_lines_take_their_titles_from_the_paper_else_from_today(renamed):
    later = accepted_order(wanted=[(renamed.lines.get().product, 500)])
    Line.objects.update(titles={})

    import_module(MIGRATION).keep_titles(apps, None)

    assert renamed.lines.get().titles == {"en": "Saffron threads", "fr": "Safran", "ar": "زعفران"}
    assert later.lines.get().titles == dict.fromkeys(("en", "fr", "ar"), "Turmeric powder")
