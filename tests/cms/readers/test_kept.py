"""What is kept drawn of pages: shown anew by each change that it shows, and drawn again by no other."""

from contextlib import contextmanager
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cms.files import kept
from cms.files.models import PictureRendition
from cms.models import ArticlePage, NewsIndexPage, Picture
from moussem.core import parts
from tests.cms.scenes import chief
from tests.factories.catalogue import ProductFactory, saffron_code
from tests.factories.pages import items, write
from tests.factories.people import UserFactory
from tests.factories.regions import CountryFactory

pytestmark = pytest.mark.integration
NEWS = "/en/news/"
FACTS = {"as_of": date(2026, 5, 1), "sources": "Tares | | 2026-05-01"}
ABOUT = {"subject": "harvest", "intro": "What it must show."}


@pytest.fixture(autouse=True)
def nothing_kept():
    """Cards that say the same are the same in every test."""
    parts.forget()


def drawing(color="#334455"):
    drawn = BytesIO()
    Image.new("RGB", (900, 600), color).save(drawn, "PNG")
    return ContentFile(drawn.getvalue(), name="field.png")


@pytest.fixture
def field(picture):
    """A second picture."""
    return Picture.objects.create(title="Field", file=drawing(), credit="B. Drawer", rights="own")


@pytest.fixture
def three(picture, field):
    """Articles of one picture and another, and none, in the order of the list; the list was read before."""
    pictures = [picture, field, None]
    pages = [
        write("news", "article", slug=f"a-{n}", title=f"Told {n}", date=date(2026, 3, 3 - n), **ABOUT, **of)
        for n, of in enumerate({"picture": one, "picture_alt": "A flower"} for one in pictures)
    ]
    Client().get(NEWS)
    return pages


def read(address=NEWS, client=None):
    """The page, how many cards were drawn for it, and how often the sizes of pictures were asked for."""
    with CaptureQueriesContext(connection) as asked:
        answer = (client or Client()).get(address)
    drawn = sum(one.name == "cms/parts/card.html" for one in answer.templates)
    sizes = PictureRendition._meta.db_table
    return answer.text, drawn, sum(f'FROM "{sizes}"' in one["sql"] for one in asked)


def publish(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_second_reader_is_shown_the_same_without_drawing(three):
    first, drawn, sizes = read()
    assert (first.count("<article"), drawn, sizes) == (3, 0, 0)


def test_published_title_is_shown_at_once_and_no_other_card_is_drawn(three):
    publish(three[1], title="Told better")

    page, drawn, sizes = read()

    assert [page.count(f">{title}</a>") for title in ("Told 0", "Told better", "Told 1")] == [1, 1, 0]
    assert (drawn, sizes) == (1, 0)


def test_page_that_does_not_show_a_change_is_drawn_from_what_is_kept(three):
    read("/en/news/a-0/")
    write("markets", "note", product=saffron_code(), market=CountryFactory(code="CH"), **FACTS)

    assert read("/en/news/a-0/")[1:] == (0, 0)


def test_draft_changes_nothing(three):
    before = read()[0].count("Told 1")
    three[1].title = "Told in secret"
    three[1].save_revision()

    page, drawn, _sizes = read()

    assert (page.count("Told 1"), page.count("Told in secret"), drawn) == (before, 0, 0)


def test_preview_of_a_draft_shows_it_to_its_editor_alone(three):
    three[1].title = "Told in secret"
    three[1].save_revision()
    draft = chief().get(f"/editors/pages/{three[1].pk}/view_draft/").text
    page, drawn, _sizes = read()

    assert [text.count("<h1>Told in secret</h1>") for text in (draft, page)] == [1, 0]
    assert (page.count("Told in secret"), drawn) == (0, 0)


def test_unpublished_page_is_in_no_list_and_the_others_are_not_drawn_again(three):
    three[1].unpublish()
    page, drawn, _sizes = read()
    assert (page.count("<article"), page.count("Told 1"), drawn) == (2, 0, 0)


def test_page_leaves_the_list_at_its_minute_and_the_others_are_not_drawn_again(three):
    ArticlePage.objects.filter(pk=three[1].pk).update(expire_at=timezone.now() + timedelta(minutes=1))
    assert read()[0].count("Told 1") == 1

    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        page, drawn, _sizes = read()

    assert (page.count("Told 1"), drawn) == (0, 0)


def test_renamed_address_is_led_to_at_once(three):
    publish(three[2], slug="elsewhere")
    page, drawn, _sizes = read()
    assert ('href="/en/news/elsewhere/"' in page, 'href="/en/news/a-2/"' in page, drawn) == (True, False, 1)


def test_section_that_moves_takes_the_addresses_of_all_its_cards_along(three):
    publish(NewsIndexPage.objects.get(locale__language_code="en"), slug="press")
    page, drawn, sizes = read("/en/press/")
    assert (page.count('href="/en/press/a-'), page.count("/en/news/a-"), drawn, sizes) == (3, 0, 3, 0)


def test_change_that_another_process_wrote_is_shown_at_once(three):
    # Nobody here hears of it: neither a signal nor the stamp of the menus.
    ArticlePage.objects.filter(pk=three[1].pk).update(title="Told elsewhere")
    page, drawn, _sizes = read()
    assert (page.count("Told elsewhere"), page.count("Told 1"), drawn) == (1, 0, 1)


def test_words_of_another_room_are_shown_as_they_are_now(house):
    market = CountryFactory(code="CH")
    for n, place in enumerate([market, CountryFactory(code="FR")]):
        fields = {"product": saffron_code(), "market": place, **FACTS}
        write("markets", "note", slug=f"n-{n}", title=f"Note {n}", **fields)
    read("/en/markets/")
    type(market).objects.filter(pk=market.pk).update(name_en="Helvetia")

    page, drawn, _sizes = read("/en/markets/")

    # On its card; so few notes are not narrowed by their countries.
    assert (page.count("Helvetia"), page.count("Switzerland"), drawn) == (1, 0, 1)


def sources(page):
    return {part.split('"')[0] for part in page.split('src="/media/')[1:]}


def test_exchanged_file_is_shown_at_once_and_no_other_picture_is_asked_for(three, field):
    before = sources(read()[0])
    field.file = drawing("#998877")
    field.file.name = "other.png"
    field.save()
    field.renditions.all().delete()

    page, drawn, sizes = read()

    now = sources(page)
    assert [len(before & now), len(now - before), drawn, sizes > 0] == [1, 1, 1, True]
    assert "other" in (now - before).pop()
    assert read()[1:] == (0, 0)


def test_focal_point_that_moves_cuts_the_picture_anew(three, field):
    before = sources(read()[0])
    field.focal_point_x, field.focal_point_y, field.focal_point_width, field.focal_point_height = 9, 9, 9, 9
    field.save()

    page, drawn, _sizes = read()

    assert (len(sources(page) - before), len(sources(page) & before), drawn) == (1, 1, 1)


def test_sizes_that_an_operator_makes_anew_are_led_to_by_their_new_addresses(three, field):
    before, word = sources(read()[0]), field.word
    PictureRendition.objects.filter(image=field).delete()

    page, drawn, _sizes = read()

    field.refresh_from_db()
    assert field.word != word
    assert (len(sources(page) - before), len(sources(page) & before), drawn) == (1, 1, 1)
    assert read()[1:] == (0, 0)


def test_process_that_knew_the_old_sizes_is_led_to_the_new_ones(three, field):
    # As an operator's command does it in a process that shares no memory with ours: no cache is purged.
    sizes = PictureRendition.objects.filter(image=field)
    sizes.update(file="images/anew.webp")
    Picture.objects.filter(pk=field.pk).update(word="another")

    page, drawn, _sizes = read()

    assert ("images/anew.webp" in sources(page), drawn) == (True, 1)


def test_first_reading_of_a_process_asks_for_no_size_that_another_one_found(three):
    kept._kept.cache_clear()
    parts.forget()
    assert read()[1:] == (3, 0)


def test_words_for_a_picture_and_its_credit_are_shown_as_they_are_now(three, picture):
    read("/en/news/a-0/")
    publish(three[0], picture_alt="A purple flower")
    assert read("/en/news/a-0/")[0].count('alt="A purple flower"') == 1

    picture.credit = "C. Drawer"
    picture.save()

    page = read("/en/news/a-0/")[0]
    assert (page.count('<bdi dir="ltr">C. Drawer</bdi>'), page.count("A. Drawer")) == (1, 0)


def test_picture_whose_file_is_gone_is_shown_again_once_it_is_back(three, field):
    stored, name = field.file.storage, field.file.name
    content = stored.open(name).read()
    stored.delete(name)
    PictureRendition.objects.filter(image=field).delete()
    assert "not-found" in read()[0]

    stored.save(name, ContentFile(content))

    assert "not-found" not in read()[0]


def test_reader_of_another_language_gets_a_part_of_their_own(three, picture):
    write("news", "article", language="fr", title="Dit", picture=picture, date=date(2026, 3, 3), **ABOUT)

    french, drawn, _sizes = read("/fr/news/")

    assert (french.count("Récolte</p>"), french.count("Harvest"), french.count("3 mars 2026"), drawn) == (
        1,
        0,
        1,
        1,
    )
    assert read()[0].count("Harvest</p>") == 3


def test_strangers_share_what_is_kept_and_nothing_of_each_other(three):
    known = UserFactory(first_name="Zahra")
    theirs = Client()
    theirs.force_login(known)
    signed_in, drawn, _sizes = read(client=theirs)
    stranger = read()[0]

    assert drawn == 0
    assert [page.count("Zahra") > 0 for page in (signed_in, stranger)] == [True, False]
    assert [page.count("data-person") for page in (signed_in, stranger)] == [1, 0]


def test_price_and_currency_are_those_of_now_beside_what_is_kept(picture):
    product = ProductFactory(ladder=[("1", "9800")])
    shelf = {"title": "", "query": "", "chosen": items([product.pk]), "count": 4}
    write("news", "article", slug="p", body=[("products", shelf)], picture=picture, picture_alt="X", **ABOUT)
    reader = Client()
    euros = read("/en/news/p/", reader)[0]
    product.tiers.filter(currency="EUR").update(unit_price="9700")
    cheaper = read("/en/news/p/", reader)[0]
    reader.post(reverse("basket:currency"), {"currency": "MAD"})
    dirhams, _drawn, sizes = read("/en/news/p/", reader)

    assert [price in page for page, price in ((euros, "9,800"), (cheaper, "9,700"))] == [True, True]
    assert [price in page for page, price in ((cheaper, "9,800"), (dirhams, "9,700"))] == [False, False]
    assert ("MAD" in dirhams.split("<main")[1], sizes) == (True, 0)
    assert "9,700" in read("/en/news/p/")[0]


def test_form_has_a_token_of_each_reader(house):
    def token():
        return Client().get("/en/contact/").text.split('csrfmiddlewaretoken" value="')[1].split('"')[0]

    assert token() != token()


def test_rolled_back_change_of_a_picture_leaves_nothing(three, field):
    before = sources(read()[0])
    with suppressed(), transaction.atomic():
        field.file = drawing("#998877")
        field.file.name = "other.png"
        field.save()
        field.renditions.all().delete()
        assert "other" in str(sources(read()[0]))
        raise RuntimeError

    page, drawn, _sizes = read()
    assert (sources(page), drawn) == (before, 0)


@contextmanager
def suppressed():
    with pytest.raises(RuntimeError):
        yield


def test_pages_are_shown_while_the_cache_is_away(three, settings):
    away = {"BACKEND": "moussem.core.cache.RedisOrProcessCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {**settings.CACHES, "default": away}
    page, drawn, sizes = read()
    assert (page.count("<article"), drawn, sizes) == (3, 0, 0)
