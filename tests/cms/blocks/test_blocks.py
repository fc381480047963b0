"""What the blocks of a body show, and what a page with a film lets in."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from cms.blocks.bars import Bar, bars_of
from cms.models import ArticlePage
from fairs.floor.actions import allot_booth
from tests.factories.catalogue import ProductFactory
from tests.factories.floor import booth, exhibitor, fair
from tests.factories.pages import items, write

pytestmark = pytest.mark.integration
ROWS = [{"label": "2025", "value": "3"}, {"label": "2026", "value": "6"}]
STRONG = [{**ROWS[0], "stands_out": True}, {"label": "2026", "value": None}]
FIGURES = {"title": "Lots", "unit": "lots", "rows": items(ROWS), "source": "Book", "date": "2026-05-01"}
FILM = {"address": "https://vimeo.com/123456789", "title": "The harvest", "words": "A field at dawn."}


def shown(client, *body, language="en"):
    """The page of an article with this body."""
    write("news", "article", language=language, subject="harvest", body=body)
    return client.get(f"/{language}/news/one/")


def test_figures_are_a_table_with_a_bar_for_each(client, house):
    page = shown(client, ("figures", FIGURES)).text
    assert '<th scope="row">2026</th>' in page
    assert 'class="bars__bar" x="0.00" width="50.00"' in page
    assert 'class="bars__bar" x="0.00" width="100.00"' in page
    assert 'Source: <bdi dir="ltr">Book</bdi>' in page


def test_figure_stands_out_where_its_author_says_so_and_one_that_is_not_known_is_told_so(client, house):
    page = shown(client, ("figures", {**FIGURES, "rows": items(STRONG)})).text

    assert page.count("bars__bar--strong") == 1
    assert '<tr class="bars__row--strong"><th scope="row">2025</th>' in page
    assert '<span class="bars__value">not known</span>' in page


def test_source_reads_the_way_of_its_page_though_it_begins_with_another_script(client, house):
    page = shown(client, ("figures", {**FIGURES, "source": "le360 و La Vie éco"}), language="ar").text
    assert 'المصدر: <bdi dir="rtl">le360 و La Vie éco</bdi>' in page


def test_figures_are_mirrored_for_who_reads_from_the_right(client, house):
    page = shown(client, ("figures", FIGURES), language="ar").text
    assert 'class="bars__bar" x="50.00" width="50.00"' in page


def test_shelf_shows_prices_of_now_and_drops_what_left_the_market(client, house):
    listed, gone = ProductFactory(title="Listed"), ProductFactory(title="Gone", listed=False)
    chosen = items([gone.pk, listed.pk, 999])

    page = shown(client, ("products", {"title": "", "query": "", "chosen": chosen, "count": 4})).text

    assert [page.count("<bdi>Listed</bdi>"), page.count("Gone")] == [1, 0]
    assert '<bdi class="amount">€' in page


def test_exhibitors_are_shown_by_their_goods_and_lead_to_their_booths(client, house):
    scene = fair()
    one = exhibitor(scene.edition)
    ProductFactory(organisation=one.organisation)
    allot_booth(booth(scene, "A1"), one, actor=scene.organiser)

    page = shown(client, ("exhibitors", {"edition": scene.edition.pk, "count": 6})).text

    assert f"<bdi>{one.organisation.name}</bdi>" in page
    assert f'href="/en/fairs/{scene.edition.slug}/booths/A1/"' in page


def test_exhibitors_of_a_fair_without_any_leave_no_trace(client, house):
    page = shown(client, ("exhibitors", {"edition": fair(table=None).edition.pk, "count": 6})).text
    assert "Exhibitors of" not in page


def test_film_stands_behind_a_link_and_its_page_alone_lets_its_player_in(client, house):
    page = shown(client, ("video", FILM))
    assert "<iframe" not in page.text
    assert 'href="https://vimeo.com/123456789"' in page.text
    assert 'data-player="https://player.vimeo.com/video/123456789?dnt=1"' in page.text
    assert "https://player.vimeo.com" in page.headers["Content-Security-Policy"]
    assert "player.vimeo.com" not in client.get("/en/news/").headers["Content-Security-Policy"]


def test_document_says_its_kind_and_its_size(client, house, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    paper = Document(title="Packing list", file=ContentFile(b"x" * 2048, "list.pdf"), file_size=2048)
    paper.save()
    page = shown(client, ("documents", [paper.pk])).text
    assert "<bdi>PDF</bdi>&nbsp;· <bdi>2.0\xa0KB</bdi>" in page


def test_picture_and_gallery_say_who_made_each(client, house, picture):
    one = {"picture": picture.pk, "alt": "A field", "caption": "At dawn"}
    page = shown(client, ("picture", one), ("gallery", [one, one])).text
    assert [page.count(told) for told in ('ltr">A. Drawer</bdi>', 'alt="A field"', "At dawn")] == [3, 3, 3]


def test_words_of_others_steps_and_a_call_are_shown(client, house):
    steps = [{"when": "May", "title": "Apply", "text": ""}, {"when": "June", "title": "Pack", "text": "All."}]
    call = {"text": "Look.", "label": "See it", "page": None, "address": "/products/"}
    body = [("quotation", {"text": "Words.", "source": "A book"}), ("timeline", steps), ("action", call)]

    page = shown(client, *body).text

    assert "<p>Words.</p>" in page
    assert page.count('<p class="steps-told__title">') == 2
    assert 'href="/en/products/"' in page


@pytest.mark.unit
def test_bars_stand_on_one_scale_that_holds_zero():
    rows = [
        ("a", Decimal(10), True),
        ("b", Decimal(-10), False),
        ("c", None, False),
        ("d", Decimal(0), False),
    ]
    half = Decimal("50.00")
    assert bars_of(rows) == [
        Bar("a", Decimal(10), half, half, True),
        Bar("b", Decimal(-10), Decimal("0.00"), half, False),
        Bar("c", None, Decimal(0), Decimal(0), False),
        Bar("d", Decimal(0), half, Decimal("0.00"), False),
    ]


@pytest.mark.unit
def test_bars_of_nothing_at_all_have_no_length():
    assert [bar.length for bar in bars_of([("a", Decimal(0), False), ("b", None, False)])] == [0, 0]


@pytest.mark.parametrize(
    ("name", "empty", "twice", "one"),
    [
        ("products", {}, {"query": "saffron", "chosen": "one"}, {"query": "saffron"}),
        ("action", {}, {"page": "one", "address": "/products/"}, {"address": "/products/"}),
    ],
)
def test_draft_waits_for_what_fills_a_block_and_readers_do_not(house, name, empty, twice, one):
    blocks = ArticlePage.body.field.stream_block
    words = {"text": "Look.", "label": "Products"} if name == "action" else {"title": "", "count": 4}
    product, page = ProductFactory(), write("news", "article", subject="harvest")

    def kept(way, **told):
        chosen = items([product.pk]) if "chosen" in told else items([])
        filled = {"page": page.pk} if "page" in told else {}
        rest = {"chosen": chosen} if name == "products" else filled
        body = blocks.to_python([{"type": name, "value": {**words, **told, **rest}}])
        try:
            getattr(blocks, way)(body)
        except ValidationError:
            return False
        return True

    assert [kept("clean_deferred", **told) for told in (empty, twice, one)] == [True, False, True]
    assert [kept("clean", **told) for told in (empty, twice, one)] == [False, False, True]
