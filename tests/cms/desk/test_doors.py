from urllib.parse import quote

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests.cms.scenes import chief, content, posted
from tests.factories.pages import article
from tests.factories.people import PASSWORD, UserFactory

pytestmark = pytest.mark.integration

JSON = "application/json"


def editor():
    """A browser of somebody who has every right of a group, but does not keep the site."""
    group = Group.objects.create(name="Everything")
    group.permissions.set(Permission.objects.all())
    client = Client()
    person = UserFactory(is_staff=True)
    person.groups.add(group)
    client.force_login(person)
    return client


@pytest.mark.parametrize("method", ["get", "post"])
def test_sign_in_of_the_house_is_our_own(client, house, method):
    person = UserFactory(is_staff=True, is_superuser=True)

    answer = getattr(client, method)("/editors/login/", {"username": person.email, "password": PASSWORD})

    assert (answer.status_code, answer.url) == (302, f"{reverse('account_login')}?next=%2Feditors%2F")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "there", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_sign_in_of_the_house_leads_to_no_other_site(client, house, there):
    assert client.get("/editors/login/", {"next": there}).url.endswith("?next=%2Feditors%2F")


@pytest.mark.parametrize("room", ["password_reset/", "password_reset/confirm/a/b/", "failwhale/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_room_that_the_house_has_already_is_closed(house, room, method):
    assert getattr(chief(), method)(f"/editors/{room}").status_code == 404


@pytest.mark.parametrize(
    "room", ["users/", "groups/", "groups/new/", "sites/", "sites/new/", "locales/", "collections/"]
)
def test_room_in_which_rights_are_given_is_for_keepers(house, room):
    assert editor().get(f"/editors/{room}").status_code == 404
    assert chief().get(f"/editors/{room}").status_code == 200


def test_form_without_its_token_is_refused(house):
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    page = article()

    for path in (
        f"pages/{page.pk}/edit/",
        f"pages/{page.pk}/delete/",
        "images/add/",
        "documents/chooser/create/",
    ):
        assert client.post(f"/editors/{path}", {}).status_code == 403


def test_preview_of_a_hostile_text_is_safe_and_framed_by_us_alone(house):
    page, client = article(), chief()
    address = f"/editors/pages/{page.pk}/edit/preview/"
    client.post(address, posted([content("<script>alert(1)</script>")]))

    answer = client.get(address, {"mode": ""})

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_page_that_shows_a_preview_may_frame_it_and_is_framed_by_nobody(house):
    answer = chief().get(f"/editors/pages/{article().pk}/edit/")

    assert "frame-src 'self'" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_published_page_is_framed_by_nobody(client, house):
    assert "frame-ancestors 'none'" in client.get(article().url)["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "images/chooser/chosen/x/",
        "documents/chooser/chosen/0/",
        "choose/product/chosen/x/",
        "choose/edition/chosen/%00/",
        "choose/edition/chosen-multiple/?id=x",
        "images/chooser/chosen-multiple/?id=1&id=%27",
        "api/main/pages/x/",
        "choose-page/99999999999999999999/",
    ],
)
def test_number_that_names_nothing_is_not_found(house, path):
    assert chief().get(f"/editors/{path}").status_code in (400, 404)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_window_of_links_takes_no_script(house, url):
    told = {"external-link-chooser-url": url, "external-link-chooser-link_text": "A"}

    answer = chief().post("/editors/choose-external-link/", told).json()

    assert answer["step"] == "external_link"


@pytest.mark.parametrize("there", ["/editors/", "/editors/pages/", "/editors/here/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_account_without_rights_is_told_so_and_may_sign_in_otherwise(client, house, method, there):
    client.force_login(UserFactory())

    answer = getattr(client, method)(there)

    assert answer.status_code == 403
    next_page = "/editors/" if method == "post" else there
    assert f"?next={quote(next_page, safe='')}" in answer.text
    assert f'action="{reverse("account_logout")}"' in answer.text


def test_program_of_a_page_hears_that_nobody_is_signed_in(client, house):
    page = article()
    titles = list(Page.objects.values_list("draft_title", flat=True))

    answer = client.post(f"/editors/pages/{page.pk}/edit/", {"title": "Lost"}, headers={"Accept": JSON})

    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")
    assert list(Page.objects.values_list("draft_title", flat=True)) == titles


def test_page_that_is_written_in_gets_the_token_of_who_is_signed_in_now(house):
    client = chief()

    answer = client.get("/editors/here/", headers={"Accept": JSON})

    assert answer.status_code == 200
    assert list(answer.json()) == ["token"]
    assert "/editors/" in client.get("/editors/here/").text
    assert Client().get("/editors/here/").url == f"{reverse('account_login')}?next=%2Feditors%2Fhere%2F"
