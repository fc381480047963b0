"""What a visitor of the demonstration finds to do in the editors' house: something waits for each role."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page

from cms.files.models import Picture, Rights
from cms.pages.news import ArticlePage, NewsIndexPage
from cms.pages.regions import RegionPage
from cms.pages.sources import text_of
from cms.showcase.actions import PICTURES, source_of
from cms.showcase.bodies import body_of
from moussem.people.models import User

WORK = Path(__file__).parent / "work.json"
LANGUAGE = "fr"
EDITOR, PUBLISHER = "editor@demo.example", "publisher@demo.example"


@transaction.atomic
def leave_work() -> int:
    """Each page as far as its author brought it; one that is there is left. How many came."""
    return sum(_leave(told) for told in json.loads(WORK.read_text(encoding="utf-8")))


def _leave(told: Mapping[str, Any]) -> bool:
    parent = _parent(told["region"])
    if ArticlePage.objects.filter(slug=told["slug"], locale__language_code=LANGUAGE).exists():
        return False
    author = User.objects.get(email=told["by"])
    page = _drawn(told, author)
    page.locale = parent.locale
    parent.add_child(instance=page)
    revision = page.save_revision(user=author, log_action=True)
    if told["stands"] == "published":
        revision.publish(user=User.objects.get(email=PUBLISHER))
    elif told["stands"] != "begun":
        page.get_workflow().start(page, author)
        if told["stands"] == "publishing":
            step = page.current_workflow_task_state
            step.task.specific.on_action(step, User.objects.get(email=EDITOR), "approve")
    return True


def _parent(region: str | None) -> Page:
    """The news, or the page of a region."""
    if region:
        return RegionPage.objects.get(region=region, locale__language_code=LANGUAGE)
    return NewsIndexPage.objects.get(locale__language_code=LANGUAGE)


def _drawn(told: Mapping[str, Any], author: User) -> ArticlePage:
    """The page as its author typed it, not in the tree yet."""
    text = [{"type": "text", "value": told["body"]}]
    body = body_of(text, name=f"work/{told['slug']}", language=LANGUAGE, pictures=lambda _told: 0)
    return ArticlePage(
        **{name: told[name] for name in ("slug", "title", "intro", "subject")},
        date=date.fromisoformat(told["date"]),
        picture=Picture.objects.filter(title=PICTURES.get(told.get("picture")), rights=Rights.OWN).first(),
        picture_alt=told.get("picture_alt", ""),
        sources=text_of(source_of(one, LANGUAGE) for one in told["sources"]),
        body=json.dumps(body),
        owner=author,
        live=False,
    )
