import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from cms.blocks.shelves import ActionBlock
from cms.menus.models import MenuLink
from cms.models import ArticlePage
from cms.templatetags.editors import address_here, sources
from tests.cms.scenes import chief, posted, send

pytestmark = pytest.mark.integration
ELSEWHERE = [
    "//evil.example", "/\\evil.example", "\\/evil.example", "https://evil.example/", "javascript:alert(1)",
    "evil", "/\t/evil.example", "/a\r\nSet-Cookie: x=1", "/a b", "///evil.example", "/\u200b/evil.example",
    '/"><script>',
]  # fmt: skip


@pytest.mark.parametrize("address", ELSEWHERE)
def test_menu_and_button_lead_to_this_site_only(house, address):
    link = MenuLink(menu="footer", locale=Locale.objects.get(language_code="en"), label="A", address=address)
    block = ActionBlock()
    with pytest.raises(ValidationError) as of_the_menu:
        link.clean()
    with pytest.raises(ValidationError) as of_the_button:
        block.clean(block.to_python({"text": "A", "label": "A", "page": None, "address": address}))

    assert of_the_menu.value.messages == ["Begin with a slash: a menu leads to this site only."]
    assert list(of_the_button.value.block_errors) == ["address"]
    assert address_here(address) == "/en/"


def test_menu_and_button_lead_to_pages_of_this_site(house):
    block, address = ActionBlock(), "/search/?q=زعفران&page=2#top"
    told = {"text": "A", "label": "A", "page": None, "address": address}

    assert block.clean(block.to_python(told))["address"] == address
    assert address_here(address) == f"/en{address}"


@pytest.mark.parametrize(
    "address", ["http://ompic.ma/", "javascript:alert(1)", "//evil.example", "https://a@evil.ma/"]
)
def test_source_that_is_no_safe_page_is_refused_with_a_sentence_and_never_linked(house, address):
    text = f"Office | {address} | 2026"

    row = {"sources-0-title": "Office", "sources-0-address": address, "sources-0-date": "2026"}
    answer = send(chief(), posted(**row))

    assert "Sources to correct: 1. What is wrong stands below each." in answer.text
    assert answer.text.count("Begin with https:// and a name, or leave it empty.") == 1
    assert ArticlePage.objects.count() == 0
    assert sources(text) == [{"title": "Office", "language": None, "address": "", "date": "2026"}]


@pytest.mark.parametrize("address", ["https://evil.example/", "http://testserver.evil.example/"])
def test_redirect_leads_to_this_site_only(house, address):
    told = {
        "old_path": "/old/",
        "site": "",
        "is_permanent": "on",
        "redirect_page": "",
        "redirect_link": address,
    }

    answer = chief().post("/editors/redirects/add/", told)

    assert "A redirect leads to this site only" in answer.text
    assert Redirect.objects.count() == 0


def test_redirect_to_an_address_of_this_site_is_kept(house):
    told = {
        "old_path": "/old/",
        "redirect_link": f"{settings.SITE_URL}/en/fairs/",
        "redirect_page": "",
        "site": "",
    }

    chief().post("/editors/redirects/add/", told)

    assert [one.redirect_link for one in Redirect.objects.all()] == [told["redirect_link"]]
