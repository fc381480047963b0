"""The pages of the demonstration: JSON and pictures of `cms/showcase` as pages in three languages."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from catalogue.models import ProtectedName
from cms.answers.models import FormPage
from cms.files.models import HOUSE, Picture, Rights
from cms.pages.fairs import FairPage
from cms.pages.home import HomePage
from cms.pages.markets import MarketNotePage
from cms.pages.news import ArticlePage
from cms.pages.plain import PlainPage
from cms.pages.programmes import ProgrammePage
from cms.pages.regions import RegionPage
from cms.pages.sources import Source, text_of
from cms.pages.stories import StoryPage
from cms.showcase.bodies import body_of
from fairs.editions.models import Edition
from moussem.organisations.models import Organisation

SHOWCASE = Path(__file__).parent
# The language in which the titles of what others published are written.
TITLES = "en"
# What the editors' lists call the pictures: a title has one language, and most who write here write French.
PICTURES = {
    "argan-press": "Pression de l’argan",
    "crocus-siroua": "Crocus du Siroua",
    "dates-tafilalet": "Dattes du Tafilalet",
    "fair-hall": "Hall de foire",
    "hills-map": "Carte des collines",
    "honeycomb": "Rayon de miel",
    "laboratory": "Laboratoire",
    "olive-mill": "Moulin à olives",
    "packing-table": "Table de conditionnement",
    "rose-dades": "Rose du Dadès",
    "rug-pottery": "Tapis et poterie",
    "tanger-med": "Tanger Med",
}
# A folder of pages: their kind, and the section they stand in. Regions come first: articles stand below them.
KINDS: dict[str, tuple[type[Page], str]] = {
    "home": (HomePage, ""),
    "regions": (RegionPage, "terroirs"),
    "articles": (ArticlePage, "news"),
    "markets": (MarketNotePage, "markets"),
    "stories": (StoryPage, "stories"),
    "programmes": (ProgrammePage, "programmes"),
    "fairs": (FairPage, "at-the-fairs"),
    "plain": (PlainPage, ""),
}


@dataclass
class Shelf:
    """A folder of pages to be shown, with the pictures it has brought in already."""

    folder: Path
    pictures: dict[str, int] = field(default_factory=dict)

    def picture(self, told: Mapping[str, Any]) -> int:
        """The key of a picture of the folder, brought in the first time it is asked for."""
        name = told["file"]
        if name not in self.pictures:
            self.pictures[name] = _picture_at(self.folder / name).pk
        return self.pictures[name]


@transaction.atomic
def show_pages(folder: Path = SHOWCASE) -> int:
    """Bring the pages in line with their files; how many were written, since some say the same already."""
    shelf, written, facts = Shelf(folder), 0, _read(folder / "facts.json")
    # Publishing saves a page three times; where it leads to is noted once.
    with disable_reference_index_auto_update():
        for kind in KINDS:
            for path in sorted((folder / "pages" / kind).glob("*.json")):
                told = with_facts(_read(path), facts.get(f"{kind}/{path.stem}", {}))
                written += _show(told, kind, shelf)
    return written


def _read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def with_facts(told: dict[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a page tells, with the facts that stand beside its text: whose brand it is, the duty in short."""
    said = facts.get("texts", {})
    texts = {language: {**text, **said.get(language, {})} for language, text in told["texts"].items()}
    return {**told, **facts, "texts": texts}


def _show(told: dict[str, Any], kind: str, shelf: Shelf) -> int:
    """One page in the languages it is told in, each the translation of the others."""
    model, section = KINDS[kind]
    shared = _shared(model, told, shelf)
    written, key = 0, None
    for locale in Locale.objects.order_by("pk"):
        text = told["texts"].get(locale.language_code)
        if text is None:
            continue
        name, language = f"{kind}/{told['slug']}", locale.language_code
        fields = {**shared, **_worded(model, told, text, language)}
        body = body_of(text["body"], name=name, language=language, pictures=shelf.picture)
        page = _standing(model, told["slug"], locale)
        if page is None:
            page = model(slug=told["slug"], locale=locale, **fields)
            page.translation_key = key or page.translation_key
            page.body = json.dumps(body)
            _parent(model, section, locale, told).add_child(instance=page)
        elif _says(page, fields, body):
            key = page.translation_key
            continue
        else:
            for name, value in fields.items():
                setattr(page, name, value)
            page.body = json.dumps(body)
        page.save_revision().publish()
        ReferenceIndex.create_or_update_for_object(page)
        key, written = page.translation_key, written + 1
    return written


def _standing(model: type[Page], slug: str, locale: Locale) -> Any:
    if model is HomePage:
        return HomePage.objects.filter(locale=locale).first()
    # A page that was planted as a form, such as the contact, is written on and stays a form.
    kinds: tuple[type[Page], ...] = (PlainPage, FormPage) if model is PlainPage else (model,)
    found = (kind.objects.filter(locale=locale, slug=slug).first() for kind in kinds)
    return next((page for page in found if page), None)


def _says(page: Any, fields: Mapping[str, Any], body: list[dict[str, Any]]) -> bool:
    """Whether a page says what its file does."""
    same = all(getattr(page, name) == value for name, value in fields.items())
    return same and list(page.body.raw_data) == body


def _parent(model: type[Page], section: str, locale: Locale, told: Mapping[str, Any]) -> Page:
    """Where a page stands: an article of a region below its showcase, all others in their section."""
    if model is ArticlePage and told.get("region"):
        region = RegionPage.objects.filter(locale=locale, region=told["region"]).first()
        if region:
            return region
    home = HomePage.objects.get(locale=locale)
    return Page.objects.child_of(home).get(slug=section).specific if section else home


def _shared(model: type[Page], told: Mapping[str, Any], shelf: Shelf) -> dict[str, Any]:
    """What a page has in every language."""
    if model is HomePage:
        return {}
    picture = told.get("picture")
    shared: dict[str, Any] = {"picture_id": shelf.picture({"file": picture}) if picture else None}
    if model is ArticlePage:
        shared |= {"subject": told["section"], "date": date.fromisoformat(told["date"])}
    elif model is MarketNotePage:
        as_of = date.fromisoformat(told.get("as_of") or told["date"])
        shared |= {"product_id": told["product"], "market_id": told["market"], "as_of": as_of}
    elif model is RegionPage:
        shared["region_id"] = told["region"]
    elif model is FairPage:
        shared["edition_id"] = Edition.objects.get(slug=told["edition"]).pk
    elif model is StoryPage:
        shared |= _subject_of_story(told)
    elif model is ProgrammePage:
        until = told.get("apply_until")
        shared["apply_until"] = date.fromisoformat(until) if until else None
    return shared


def _subject_of_story(told: Mapping[str, Any]) -> dict[str, Any]:
    """The house of a brand, or the protected name of an origin."""
    house = Organisation.objects.filter(slug=told.get("organisation") or "").first()
    name = ProtectedName.objects.filter(name=told.get("protected_name") or "").first()
    return {
        "kind": told.get("kind") or ("brand" if house else "origin"),
        "organisation_id": house.pk if house else None,
        "protected_name_id": name.pk if name else None,
    }


def _worded(
    model: type[Page], told: Mapping[str, Any], text: Mapping[str, Any], language: str
) -> dict[str, Any]:
    """What a page says in one language, besides its body."""
    said = {"title": text["title"], "search_description": text["seo_description"]}
    if model is HomePage:
        return {**said, "lead": text["intro"]}
    said |= {"intro": text["intro"], "picture_alt": text.get("picture_alt", "")}
    if model is MarketNotePage:
        said |= {"duty": text.get("duty", ""), "proof": text.get("proof", "")}
    if model is ProgrammePage:
        said |= {name: text.get(name, "") for name in ("run_by", "for_whom")}
    if hasattr(model, "sources"):
        said["sources"] = text_of(source_of(one, language) for one in told["sources"])
    return said


def source_of(told: Mapping[str, Any], language: str) -> Source:
    """A source for a page: our own titles are told in every language, others as they are, in English."""
    titles, address, when = told["title"], told.get("address", ""), told.get("date", "")
    if isinstance(titles, str):
        return titles, address, when, "" if language == TITLES else TITLES
    return titles[language], address, when, ""


def _picture_at(path: Path) -> Picture:
    """The picture of a file; one that was drawn anew takes the place of the old one."""
    told = path.read_bytes()
    # What Wagtail tells files apart by; nothing secret hangs on it.
    word = hashlib.sha1(told, usedforsecurity=False).hexdigest()
    title = PICTURES.get(path.stem, path.stem)
    known = Picture.objects.filter(title__in=[title, path.stem], rights=Rights.OWN)
    picture = known.first() or Picture(title=title)
    if picture.title != title:
        picture.title = title
        picture.save(update_fields=["title"])
    if picture.file_hash != word:
        with path.open("rb") as file:
            picture.file, picture.credit, picture.rights = ImageFile(file, path.name), HOUSE, Rights.OWN
            picture.file_hash, picture.file_size = word, len(told)
            picture.save()
        picture.renditions.all().delete()
    return picture
