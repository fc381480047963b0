"""Who works in the editors' house, and what their browsers send."""

import json

from django.contrib.auth.models import Group
from django.test import Client

from cms.staff.roles import CORRESPONDENTS
from tests.factories.people import UserFactory


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
