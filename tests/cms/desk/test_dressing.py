"""The editors' rooms look like Moussem, and hold nothing that our security policy refuses."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from cms.models import NewsIndexPage
from tests.factories.pages import article
from tests.factories.people import UserFactory, signed_in_lately
from tests.factories.roles import browser_of, member_of

pytestmark = pytest.mark.integration
BARE = re.compile(
    r"<script(?![^>]*\b(?:src|type=\"application/json\"|type=\"text/django-form-template\"))[^>]*>"
)
OUTSIDE = re.compile(r"(?:guide|docs|releases)\.wagtail\.org|whats-new|/wagtail\.org")


def rooms():
    news = NewsIndexPage.objects.get(locale__language_code="en")
    page = article(live=False)
    return [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore_root"),
        reverse("wagtailadmin_explore", args=[news.pk]),
        reverse("wagtailadmin_pages:add", args=["cms", "articlepage", news.pk]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        reverse("wagtail_localize:submit_page_translation", args=[page.pk]),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailimages:add_multiple"),
        "/editors/snippets/cms/menulink/add/",
    ]


def test_rooms_hold_no_script_inside_the_page_and_no_link_to_help_outside(house):
    browser = browser_of(member_of("Publishers"))
    pages = {address: browser.get(address) for address in rooms()}

    assert {address: answer.status_code for address, answer in pages.items()} == dict.fromkeys(pages, 200)
    assert [address for address, answer in pages.items() if BARE.search(answer.text)] == []
    assert [address for address, answer in pages.items() if OUTSIDE.search(answer.text)] == []


def test_rooms_bear_our_name_and_read_from_the_right_in_arabic(house):
    text = browser_of(member_of("Translators", language="ar")).get(reverse("wagtailadmin_home")).text

    assert '<html lang="ar" dir="rtl"' in text
    assert "core/img/favicon.svg" in text
    assert "icon-wagtail" not in text


def test_preview_may_stand_in_a_frame_of_the_desk_and_of_nobody_else(house):
    browser, page = browser_of(member_of("Publishers")), article()
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    desk = browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    shown = browser.get(address)

    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'none'" in desk["Content-Security-Policy"]
    assert "'unsafe-inline'" not in desk["Content-Security-Policy"]


@pytest.mark.parametrize(("group", "linked"), [("Authors", True), (None, False)])
def test_account_menu_leads_into_the_house_for_who_may_enter(house, group, linked):
    person = UserFactory()
    person.groups.set(Group.objects.filter(name=group))

    page = signed_in_lately(person).get("/en/products/").text
    assert (reverse("wagtailadmin_home") in page) is linked


@pytest.mark.parametrize(("language", "told"), [("fr", "1-1 sur 1 page"), ("en", "1-1 of 1 page")])
def test_search_of_the_editors_counts_pages(house, language, told):
    article("Safran")
    found = browser_of(member_of("Editors", language=language)).get("/editors/pages/search/?q=Safran").text

    assert told in " ".join(found.split())
    assert "None" not in re.sub(r"<[^>]*>", "", found)


def test_desk_names_the_leading_picture_once(house):
    page = article(live=False)
    desk = browser_of(member_of("Editors")).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text

    assert len(re.findall(r"<h\d[^>]*>(?:(?!</h\d>).)*[Ll]eading picture", desk, re.DOTALL)) == 1
