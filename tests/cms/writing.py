"""Pages as an editor writes and publishes them."""

import json
from uuid import uuid4

from cms.models import (
    ArticlePage,
    FairPage,
    HomePage,
    MarketNotePage,
    PlainPage,
    ProgrammePage,
    RegionPage,
    StoryPage,
)

KINDS = {
    "article": ArticlePage,
    "fair": FairPage,
    "note": MarketNotePage,
    "plain": PlainPage,
    "programme": ProgrammePage,
    "region": RegionPage,
    "story": StoryPage,
}


def home(language="en"):
    """The home page of a language."""
    return HomePage.objects.get(locale__language_code=language)


def write(section, kind, /, *, language="en", slug="one", below=None, body=(), **fields):
    """A published page of a kind, in a section of its language or ``below`` another page."""
    above = below or home(language)
    parent = above.get_children().get(slug=section).specific if section else above
    page = KINDS[kind](slug=slug, **{"title": "A page", **fields})
    page.body = json.dumps([block(name, value) for name, value in body])
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def block(name, value):
    """A block of a body as it is kept."""
    if isinstance(value, list):
        value = items(value)
    return {"type": name, "value": value, "id": str(uuid4())}


def items(values):
    """The members of a list inside a block, as they are kept."""
    return [{"type": "item", "value": value, "id": str(uuid4())} for value in values]
