import json
import re
import xml.etree.ElementTree as ET

import pytest

from cms.models import FairPage, HomePage, NewsIndexPage, SectionPage
from tests.factories.fairs import EditionFactory
from tests.factories.pages import write_below

pytestmark = pytest.mark.integration
draws = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
SITE = "http://127.0.0.1:8000"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def facts(client, address):
    """What a page tells machines, by kind."""
    (script,) = re.findall(
        r'<script type="application/ld\+json" nonce="[^"]+">(.+?)</script>', client.get(address).text
    )
    return {node["@type"]: node for node in json.loads(script)["@graph"]}


def on_the_map(client, name="editors"):
    """The addresses of a map, each with its translations by language."""
    root = ET.fromstring(client.get(f"/sitemap-{name}.xml").content)
    return {
        url.findtext(f"{MAP}loc").removeprefix(SITE): {
            link.get("hreflang"): link.get("href").removeprefix(SITE) for link in url.findall(f"{XHTML}link")
        }
        for url in root
    }


def translated(page, language, title):
    """The same page in another language, published."""
    home = NewsIndexPage.objects.get(locale__language_code=language)
    told = {"title": title, "subject": page.subject, "translation_key": page.translation_key}
    copy = home.add_child(instance=type(page)(locale=home.locale, **told))
    copy.save_revision().publish()
    return copy


def test_map_tells_a_page_with_its_live_translations(client, news):
    page = write_below(news, title="Saffron")
    translated(page, "fr", "Le safran")
    translated(page, "ar", "zafaran").unpublish()
    alike = {"en": "/en/news/saffron/", "fr": "/fr/news/le-safran/"}

    found = on_the_map(client)
    assert {address: told for address, told in found.items() if "saf" in address} == {
        "/en/news/saffron/": alike,
        "/fr/news/le-safran/": alike,
    }
    assert "/ar/news/zafaran/" not in found


def test_map_says_when_a_page_was_last_published(client, news):
    write_below(news, title="Saffron")
    root = ET.fromstring(client.get("/sitemap-editors.xml").content)
    day = news.get_children().get().last_published_at.date().isoformat()

    assert {url.findtext(f"{MAP}lastmod") for url in root} == {day}


def test_withdrawn_page_leaves_the_map(client, news):
    write_below(news, title="Saffron").unpublish()

    assert "/en/news/saffron/" not in on_the_map(client)


def test_map_tells_editions_on_show(client, db):
    shown, draft = EditionFactory(state="open"), EditionFactory(state="draft")

    found = on_the_map(client, "fairs")
    assert sorted(found) == [f"/{code}/fairs/{shown.slug}/" for code in ("ar", "en", "fr")]
    assert draft.slug not in str(found)


@draws
def test_article_is_told_with_its_picture_way_and_publisher(client, news, picture):
    write_below(news, title="</script>Saffron", slug="saffron", picture=picture, picture_alt="A field")
    told = facts(client, "/en/news/saffron/")
    article, address = told["NewsArticle"], f"{SITE}/en/news/saffron/"

    assert sorted(told) == ["BreadcrumbList", "NewsArticle", "Organization"]
    assert (article["headline"], article["articleSection"], article["url"]) == (
        "</script>Saffron",
        "Harvest",
        address,
    )
    assert article["image"] == f"{SITE}{picture.renditions.get(filter_spec__startswith='fill-1200x630').url}"
    assert article["publisher"] == {"@id": told["Organization"]["@id"]}
    assert [(step["name"], step["item"]) for step in told["BreadcrumbList"]["itemListElement"]] == [
        ("News", f"{SITE}/en/news/"),
        ("</script>Saffron", address),
    ]


@draws
def test_shared_link_shows_title_words_and_picture(client, news, picture):
    write_below(news, title="Saffron", picture=picture, picture_alt="A field")
    text = client.get("/en/news/saffron/").text
    told = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', text))

    assert told.pop("og:image").endswith(".fill-1200x630.format-jpeg.jpg")
    assert told == {
        "og:type": "article",
        "og:site_name": "Moussem",
        "og:title": "Saffron",
        "og:description": "The flowers opened early.",
        "og:url": f"{SITE}/en/news/saffron/",
        "og:locale": "en_GB",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "A field",
        "twitter:card": "summary_large_image",
    }


def test_page_without_a_picture_is_shared_without(client, house):
    text = client.get("/en/news/").text

    assert ('<meta name="twitter:card" content="summary">' in text, "og:image" in text) == (True, False)
    assert sorted(facts(client, "/en/news/")) == ["BreadcrumbList", "Organization"]


def test_page_of_a_fair_is_told_as_an_event(client, house):
    edition = EditionFactory(state="open", mode="digital")
    section = SectionPage.objects.get(slug="at-the-fairs", locale__language_code="en")
    write_below(section, FairPage, title="The fair", edition=edition)
    event = facts(client, "/en/at-the-fairs/the-fair/")["Event"]

    assert (event["name"], event["eventStatus"]) == (edition.label, "https://schema.org/EventScheduled")
    assert event["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert event["location"]["@type"] == "VirtualLocation"


def test_home_page_says_who_publishes_the_site(client, house):
    assert HomePage.objects.count() == 3
    assert list(facts(client, "/en/")) == ["Organization"]
