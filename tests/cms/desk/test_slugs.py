"""Addresses of pages: plain in Latin letters, as they are in Arabic."""

import json

import pytest
from django.urls import reverse
from wagtail.admin.widgets import SlugInput

from cms.models import ArticlePage
from tests.cms.scenes import chief, content, posted, send
from tests.factories.pages import article, news

pytestmark = pytest.mark.integration


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("La récolte, à Çà et là", "la-recolte-a-ca-et-la"),
        ("L’œuvre de Łódź", "loeuvre-de-lodz"),
        ("Straße 42", "strasse-42"),
        ("موسم الزعفران", "موسم-الزعفران"),
        ("أكادير وإنزكان", "أكادير-وإنزكان"),
        ("AOP القهوة récolte", "aop-القهوة-recolte"),
    ],
)
def test_address_is_taken_from_the_title(house, title, slug):
    assert article(title, live=False).slug == slug


def test_second_page_of_a_title_has_an_address_of_its_own(house):
    assert [article(title, live=False).slug for title in ("Récolte", "Recolte")] == ["recolte", "recolte-2"]


@pytest.mark.parametrize(("typed", "kept"), [("la-récolte", "la-recolte"), ("الجني", "الجني")])
def test_address_that_is_typed_without_a_script_is_plain(house, typed, kept):
    send(chief(), posted([content("Weighed.")], slug=typed))

    assert ArticlePage.objects.get().slug == kept


def test_address_that_is_taken_but_for_its_marks_is_refused_with_a_sentence(house):
    article(slug="recolte")

    answer = send(chief(), posted([content("Weighed.")], slug="récolte"))

    assert "is already in use" in answer.text
    assert ArticlePage.objects.count() == 1


def test_copy_under_an_address_that_is_taken_but_for_its_marks_is_refused(house):
    page = article(slug="recolte")
    form = {"new_title": "Récolte", "new_slug": "récolte", "new_parent_page": news().pk}

    answer = chief().post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)

    assert "This slug is already in use" in answer.text
    assert ArticlePage.objects.count() == 1


def test_field_of_an_address_takes_marks_off_while_a_title_is_typed():
    told = json.loads(SlugInput().attrs["data-w-slug-formatters-value"])
    plain = {letter: place for (signs, *_flags), place in told for letter in signs.strip("[]")}

    assert [plain[letter] for letter in "éÀçœßłİ"] == ["e", "A", "c", "oe", "ss", "l", "I"]
    assert [letter for letter in "abSأ" if letter in plain] == []
