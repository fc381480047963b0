"""What an editor's browser posts."""

import json

from django.test import Client

from tests.factories.pages import news
from tests.factories.people import UserFactory

NO_COMMENTS = {f"comments-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}


def chief():
    """A browser in which somebody with every right of the house is signed in."""
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def content(text="", entities=(), kind="unstyled"):
    """A text as the editor posts it, the whole of it in each entity."""
    ranges = [{"offset": 0, "length": len(text), "key": number} for number in range(len(entities))]
    block = {"key": "a1b2c", "text": text, "type": kind, "depth": 0, "inlineStyleRanges": []}
    return json.dumps({"blocks": [{**block, "entityRanges": ranges}], "entityMap": dict(enumerate(entities))})


def link(**told):
    """A link of a text as the editor posts it."""
    return {"type": "LINK", "mutability": "MUTABLE", "data": told}


def posted(texts=(), **told):
    """The form of an article with these texts, as a browser sends it."""
    form = {"title": "Saffron", "slug": "saffron", "subject": "harvest", "date": "2026-11-20", "intro": ""}
    form |= {"picture": "", "picture_alt": "", "seo_title": "", "search_description": ""}
    form |= {"body-count": len(texts), "action-publish": "1", **NO_COMMENTS}
    for number, text in enumerate(texts):
        at = f"body-{number}"
        form |= {f"{at}-type": "text", f"{at}-order": number, f"{at}-deleted": "", f"{at}-id": ""}
        form[f"{at}-value"] = text
    return {**form, **told}


def send(client, form):
    """What the house answers to the form of a new article."""
    return client.post(f"/editors/pages/add/cms/articlepage/{news().pk}/", form)
