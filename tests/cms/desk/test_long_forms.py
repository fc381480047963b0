import ast
from inspect import getsource
from textwrap import dedent
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.http.multipartparser import MultiPartParser

from cms.desk.long_forms import LIMITS, MOST_FIELDS
from cms.models import ArticlePage
from tests.cms.scenes import chief, content, posted, send
from tests.factories.pages import news
from tests.factories.people import UserFactory

pytestmark = pytest.mark.integration
TOO_LARGE = "This page is too large to be kept"


def figures(at, rows=8):
    """A block of figures as a browser posts it."""
    form = {f"{at}-type": "figures", f"{at}-deleted": "", f"{at}-id": ""}
    form |= {f"{at}-value-{name}": "A" for name in ("title", "unit", "source")}
    form |= {f"{at}-value-date": "", f"{at}-value-rows-count": rows}
    for row in range(rows):
        here = f"{at}-value-rows-{row}"
        form |= {f"{here}-deleted": "", f"{here}-order": row, f"{here}-type": "", f"{here}-id": ""}
        form |= {f"{here}-value-label": "A", f"{here}-value-value": row}
    return form


def rich(blocks=80):
    """The form of an article of many blocks, every second one of figures."""
    form = posted([content("A")] * blocks)
    for number in range(0, blocks, 2):
        form |= {**figures(f"body-{number}"), f"body-{number}-order": number}
        del form[f"body-{number}-value"]
    return form


def test_article_of_eighty_blocks_is_saved(house):
    form = rich()
    assert len(form) > settings.DATA_UPLOAD_MAX_NUMBER_FIELDS

    answer = send(chief(), form)

    assert answer.status_code == 302
    assert len(ArticlePage.objects.get().body) == 80


def test_article_written_in_one_line_is_read_the_same(house):
    form = posted([content("زعفران & <b>")])

    answer = chief().post(
        f"/editors/pages/add/cms/articlepage/{news().pk}/",
        urlencode(form),
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 302
    assert "زعفران &amp; &lt;b&gt;" in ArticlePage.objects.get().body[0].value.source


def test_article_of_too_many_blocks_is_shown_again_with_a_sentence(house):
    answer = send(chief(), posted([content("Words that stay")] * 201))

    said = "A page holds 200 blocks at most; this one has 201. Part it into two pages."
    assert (answer.status_code, said in answer.text) == (200, True)
    assert answer.text.count("Words that stay") == 201
    assert ArticlePage.objects.count() == 0


def test_article_of_five_thousand_blocks_is_refused_with_a_sentence(house):
    answer = send(chief(), posted([content("A")] * 5_000))

    assert (answer.status_code, TOO_LARGE in answer.text) == (413, True)
    assert ArticlePage.objects.count() == 0


def test_article_of_three_million_letters_is_refused_with_a_sentence(house):
    answer = send(chief(), posted([content("A" * 3_000_000)]))

    assert (answer.status_code, TOO_LARGE in answer.text) == (413, True)
    assert ArticlePage.objects.count() == 0


def test_limit_of_the_site_stands_where_it_stood(client, house):
    many = {f"a{number}": "" for number in range(1_001)}

    assert (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, settings.DATA_UPLOAD_MAX_MEMORY_SIZE) == (
        1_000,
        2_500_000,
    )
    assert client.post("/en/account/login/", many).status_code == 400
    assert client.post("/editors/login/", many).status_code in (302, 400)
    client.force_login(UserFactory())
    assert client.post("/editors/images/add/", many).status_code == 403
    assert MOST_FIELDS == 12_000


def test_django_reads_the_settings_that_it_is_given_and_no_others():
    """The code of Django that is run with other limits: a release that reads more of them is found here."""
    read = {
        node.attr
        for node in ast.walk(ast.parse(dedent(getsource(MultiPartParser._parse))))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "settings"
    }

    assert read == {*LIMITS, "DATA_UPLOAD_MAX_NUMBER_FIELDS"}
    assert (MultiPartParser._parse.__closure__, MultiPartParser._parse.__defaults__) == (None, None)
