"""A form of the editors' rooms that arrives without a single field breaks nothing."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Collection, Locale, Site, Task, Workflow
from wagtail_localize.models import TranslationSource

from cms.models import FormPage, MenuLink
from tests.cms.scenes import chief
from tests.factories.catalogue import ProductFactory
from tests.factories.fairs import EditionFactory
from tests.factories.pages import article_in, home, translation_into

pytestmark = pytest.mark.integration
PROCESS = "/editors/redirects/import/process/"


@pytest.fixture
def things(house, picture):
    """One of everything that the rooms keep, by the beginning of the name of its room."""
    page = article_in("fr")
    translation_into("ar", page)
    paper = Document.objects.create(title="A", file=ContentFile(b"%PDF", name="a.pdf"))
    link = MenuLink.objects.create(menu="main", locale=page.locale, page=page, position=90)
    return {
        "edition_chooser": EditionFactory(announced=True),
        "product_chooser": ProductFactory(),
        "wagtail_localize": TranslationSource.objects.get(),
        "wagtailadmin_collections": Collection.objects.get(),
        "wagtailadmin_workflows": Workflow.objects.get(),
        "wagtaildocs": paper,
        "wagtailforms": FormPage.objects.first(),
        "wagtailimages": picture,
        "wagtaillocales": Locale.objects.first(),
        "wagtailredirects": Redirect.objects.create(old_path="/old", redirect_link="/en/"),
        "wagtailsites": Site.objects.get(),
        "wagtailsnippet": link,
        "wagtailusers_groups": Group.objects.first(),
        "wagtailusers_users": get_user_model().objects.first() or None,
        "": page,
    }


def every(patterns, names=()):
    """Every address of the rooms, as a name and the words it takes."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from every(pattern.url_patterns, (*names, pattern.namespace))
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield ":".join(filter(None, (*names, pattern.name))), set(pattern.pattern.regex.groupindex)


def addresses(things):
    """Those addresses, each of something that is there."""
    page = things[""]
    words = {
        "revision_id": page.latest_revision_id,
        "revision_id_a": page.latest_revision_id,
        "revision_id_b": "live",
        "content_type_app_name": "cms",
        "content_type_model_name": "articlepage",
        "app_label": "wagtailcore",
        "app_name": "cms",
        "model_name": "page",
        "action_name": "publish",
        "action": "delete",
        "mode": "draft",
        "object_id": str(page.pk),
        "parent_page_id": page.get_parent().pk,
        "page_pk": home("en").pk,
        "task_id": Task.objects.first().pk,
        "destination_id": page.get_parent().pk,
    }
    for name, wanted in sorted(every(get_resolver("cms.desk.urls").url_patterns), key=str):
        room = next(room for room in things if name.startswith(room))
        told = {word: words.get(word, things[room].pk) for word in wanted}
        yield name, reverse(name, kwargs=told)


# What a browser sends of a form that nobody filled in: its token, or not even that; and one that is no form.
@pytest.mark.parametrize("sent", [{}, {"csrfmiddlewaretoken": "none"}, {"next": "", "id": "none"}])
def test_empty_form_breaks_no_room_even_of_who_may_do_everything(things, sent):
    browser = chief()
    things["wagtailusers_users"] = get_user_model().objects.latest("pk")
    browser.raise_request_exception = False
    broken, asked = [], list(addresses(things))

    for name, address in asked:
        with transaction.atomic():
            if browser.post(address, sent).status_code >= 500:
                broken.append(name)
            transaction.set_rollback(True)

    assert broken == []
    assert len(asked) > 200


def test_import_of_redirects_without_a_list_says_so_and_changes_nothing(house):
    browser = chief()

    answer = browser.post(PROCESS, {"import_file_name": "x", "input_format": "0"})

    assert (answer.status_code, answer["Location"]) == (302, "/editors/redirects/import/")
    assert "is not here." in browser.get(answer["Location"]).text
    assert Redirect.objects.count() == 0


def test_import_of_redirects_goes_on_with_its_list(house):
    browser = chief()
    sheet = SimpleUploadedFile("a.csv", b"from,to\n/old,http://testserver/en/news/\n")
    form = browser.post("/editors/redirects/import/", {"import_file": sheet}).context["form"]
    told = {name: form.initial[name] for name in ("import_file_name", "input_format")}

    answers = [
        browser.post(PROCESS, {**told, "from_index": 0, "to_index": 1}).status_code for _again in range(2)
    ]

    assert answers == [200, 302]
