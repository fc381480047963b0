import xml.etree.ElementTree as ET

import pytest
from django.utils.feedgenerator import rfc3339_date
from django.utils.timezone import now

from cms.models import MarketNotePage, RegionPage, SectionPage
from moussem.regions.models import HsCode
from tests.factories.pages import write_below
from tests.factories.regions import CountryFactory, RegionFactory

pytestmark = pytest.mark.integration
# Wagtail leaves the temporary file of a rendition to the collector.
draws = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
ATOM = "{http://www.w3.org/2005/Atom}"


def section(slug):
    return SectionPage.objects.get(slug=slug, locale__language_code="en")


def read(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ET.fromstring(answer.content)


def titles(client, address):
    return [entry.findtext(f"{ATOM}title") for entry in read(client, address).iter(f"{ATOM}entry")]


def test_entry_tells_title_introduction_address_subject_and_when(client, news):
    write_below(news, title="Saffron & roses", intro="It is <early>.")
    feed = read(client, "/en/news/feed/")
    (entry,) = feed.iter(f"{ATOM}entry")

    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == "http://127.0.0.1:8000/en/news/feed/"
    assert entry.findtext(f"{ATOM}title") == "Saffron & roses"
    assert entry.findtext(f"{ATOM}summary") == "It is &lt;early&gt;."
    assert entry.find(f"{ATOM}link").get("href") == "http://127.0.0.1:8000/en/news/saffron-roses/"
    assert entry.find(f"{ATOM}category").get("term") == "Harvest"
    assert entry.findtext(f"{ATOM}updated") == rfc3339_date(news.get_children().get().last_published_at)


@draws
def test_picture_is_enclosed(client, news, picture):
    write_below(news, picture=picture, picture_alt="A field")
    (link,) = read(client, "/en/news/feed/").iter(f"{ATOM}entry").__next__().findall(f"{ATOM}link[@type]")

    rendition = picture.renditions.get()
    assert link.attrib == {
        "rel": "enclosure",
        "href": f"http://127.0.0.1:8000{rendition.url}",
        "length": str(rendition.file.size),
        "type": "image/jpeg",
    }
    assert (rendition.width, rendition.height) == (1200, 630)


def test_feed_tells_only_what_is_published_in_its_language(client, news):
    write_below(news, title="Told")
    write_below(news, title="Withdrawn").unpublish()
    news.add_child(
        instance=type(news.get_children().first().specific)(
            title="Draft", subject="harvest", locale=news.locale, live=False
        )
    )

    assert titles(client, "/en/news/feed/") == ["Told"]
    assert titles(client, "/fr/news/feed/") == []


def test_each_subject_has_a_feed(client, news):
    write_below(news, title="Flowers")
    write_below(news, title="Duties", subject="markets")

    assert titles(client, "/en/news/feed/markets/") == ["Duties"]
    assert client.get("/en/news/feed/gossip/").status_code == 404


def test_market_notes_and_regions_have_feeds(client, house):
    saffron = HsCode.objects.create(code="091020", level=6, section="II", official_en="Saffron")
    told = {"product": saffron, "market": CountryFactory(code="DE"), "as_of": now().date(), "sources": "x"}
    write_below(section("markets"), MarketNotePage, title="Saffron in Germany", **told)
    region = write_below(section("terroirs"), RegionPage, title="Souss", region=RegionFactory())
    write_below(region, title="From the Souss")

    assert titles(client, "/en/markets/feed/") == ["Saffron in Germany"]
    assert titles(client, "/en/terroirs/souss/feed/") == ["From the Souss"]
    assert titles(client, "/en/news/feed/") == ["From the Souss"]
    assert client.get("/en/markets/feed/markets/").status_code == 404


def test_page_without_a_list_has_no_feed(client, news):
    write_below(news, title="Told")

    assert [client.get(f"/en/{path}feed/").status_code for path in ("news/told/", "nowhere/")] == [404, 404]


def test_feed_is_read_again_only_when_something_changed(client, news):
    page = write_below(news)
    first = client.get("/en/news/feed/")
    known = {"if-none-match": first["ETag"]}

    assert client.get("/en/news/feed/", headers=known).status_code == 304
    assert (
        client.get("/en/news/feed/", headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    )
    page.unpublish()
    assert client.get("/en/news/feed/", headers=known).status_code == 200


def test_feed_is_told_in_the_head_of_its_page(client, house):
    text = client.get("/en/news/").text

    assert (
        text.count('<link rel="alternate" type="application/atom+xml" title="News" href="/en/news/feed/">')
        == 1
    )
    assert text.count('title="News · Harvest" href="/en/news/feed/harvest/"') == 1
    assert 'href="/en/feed/"' in client.get("/en/").text


@draws
@pytest.mark.parametrize("many", [1, 3])
def test_feed_asks_as_much_however_many_it_tells(client, news, picture, many, django_assert_num_queries):
    for number in range(many):
        write_below(news, title=f"Number {number}", picture=picture, picture_alt="A field")
    client.get("/en/news/feed/")

    with django_assert_num_queries(12):
        client.get("/en/news/feed/")
