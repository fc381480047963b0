"""Who works in the editors' house, and pages for them to work on."""

import json

from django.contrib.auth.models import Group
from django.test import Client

from cms.models import ArticlePage, HomePage, NewsIndexPage, RegionPage, SectionPage
from cms.roles import CORRESPONDENTS
from tests.factories.people import UserFactory
from tests.factories.regions import RegionFactory

TEXT = [{"type": "text", "value": "<p>Harvest is over, and the lots are weighed.</p>"}]


def member_of(name, **fields):
    """Somebody of a group of the editors' house."""
    person = UserFactory(**fields)
    person.groups.add(Group.objects.get(name=name))
    return person


def correspondent_of(region):
    """A correspondent of a region whose page is published."""
    beginning = f"{CORRESPONDENTS} {region.code} "
    return member_of(Group.objects.get(name__startswith=beginning).name)


def browser_of(person):
    """A browser where this person is signed in."""
    client = Client()
    client.force_login(person)
    return client


def put_below(parent, page, *, live=True):
    """A page below another one, published or a draft."""
    page.locale, page.live = parent.locale, False
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    page.refresh_from_db()
    return page


def region_page(code="MA-09", language="en", *, live=True, **fields):
    """The page of a region in one language."""
    region = RegionFactory(code=code)
    section = SectionPage.objects.get(slug="terroirs", locale__language_code=language)
    twin = RegionPage.objects.filter(region=region).first()
    if twin is not None:
        fields["translation_key"] = twin.translation_key
    page = RegionPage(title=region.name_en, slug=code.lower(), region=region, body=json.dumps(TEXT), **fields)
    return put_below(section, page, live=live)


def article(title="The harvest is over", *, below=None, language="en", live=True, **fields):
    """An article of the news, or of a region."""
    parent = below or NewsIndexPage.objects.get(locale__language_code=language)
    fields = {"subject": "harvest", "body": json.dumps(TEXT), "slug": fields.pop("slug", None), **fields}
    return put_below(parent, ArticlePage(title=title, **fields), live=live)


def home_of(language):
    """The home page in one language."""
    return HomePage.objects.get(locale__language_code=language)


def sent(page, **changes):
    """What the form of an article sends when nothing but the changes was typed."""
    streams = {"body-count": "0"}
    texts = {"title": page.title, "slug": page.slug, "subject": page.subject, "date": page.date.isoformat()}
    comments = {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    return {**texts, **streams, **comments, "comments-MAX_NUM_FORMS": "", "intro": page.intro, **changes}


def typed_body(words="Weighed."):
    """What the form of a page sends for a body of one text."""
    block = {"deleted": "", "order": "0", "type": "text", "id": ""}
    text = {"blocks": [{"key": "a", "text": words, "type": "unstyled"}], "entityMap": {}}
    sent_block = {f"body-0-{name}": value for name, value in block.items()}
    return {"body-count": "1", **sent_block, "body-0-value": json.dumps(text)}
