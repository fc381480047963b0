"""The house before its first editor: three languages, a home page and the sections in each, one site."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override
from wagtail.models import Collection, Locale, Page, Site

from cms.answers.models import FormPage
from cms.installation.contact import CONTACT, contact_form
from cms.installation.workflow import plant_workflow
from cms.menus.models import Menu, MenuLink
from cms.pages.home import HomePage
from cms.pages.news import NewsIndexPage
from cms.pages.plain import SectionPage
from cms.staff.actions import give_roles
from moussem.core.models import LastRun

HOME = gettext_noop("The terroir of Morocco, ordered at the source")
LEAD = gettext_noop(
    "Saffron, argan, rose, dates, rugs: cooperatives sell by the lot, with the laboratory’s values, the "
    "price of every quantity and certificates that were checked."
)
# Addresses right below the home page, the same in every language.
SECTIONS: dict[str, tuple[type[Page], str, str]] = {
    "news": (
        NewsIndexPage,
        gettext_noop("News"),
        gettext_noop("Harvests, rules, markets and fairs, as they happen."),
    ),
    "markets": (
        SectionPage,
        gettext_noop("Market notes"),
        gettext_noop("One product in one country: duty, proof of origin, rules, demand, next steps."),
    ),
    "terroirs": (
        SectionPage,
        gettext_noop("Terroirs"),
        gettext_noop("Region by region: what grows there, who makes it, and what is on sale."),
    ),
    "stories": (
        SectionPage,
        gettext_noop("Stories"),
        gettext_noop("Where protected names come from, and the houses behind the brands."),
    ),
    "programmes": (
        SectionPage,
        gettext_noop("Programmes"),
        gettext_noop("Who helps a cooperative to export, with what, and until when it can apply."),
    ),
    "at-the-fairs": (
        SectionPage,
        gettext_noop("At the fairs"),
        gettext_noop("What to expect of the next editions, and how to make the most of them."),
    ),
    CONTACT: (
        FormPage,
        gettext_noop("Contact"),
        gettext_noop("Write to the people who run the marketplace; they answer by mail."),
    ),
}
# What the menus lead to before an editor changes them, by the address below the home page, and its place
# there. A page of the footer is written by an editor: its link is planted once it is there.
LINKS: dict[str, dict[str, int]] = {
    Menu.MAIN: {"news": 10, "markets": 20},
    Menu.FOOTER: {
        "about": 10,
        "how-ordering-works": 20,
        "terroirs": 22,
        "stories": 24,
        "programmes": 26,
        "at-the-fairs": 28,
        "contact": 30,
        "legal-notice": 40,
        "privacy": 50,
    },
}


@transaction.atomic
def plant() -> int:
    """Put in place what every page stands in; what is there already is left as it is. How many pages came."""
    locales = [Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES]
    if not Collection.objects.exists():
        Collection.add_root(name=gettext_noop("Root"))
    root = Page.objects.filter(depth=1).first() or Page.add_root(
        instance=Page(title="Root", slug="root", locale=locales[0])
    )
    # The page that Wagtail's own migrations welcome with.
    root.get_children().filter(slug="home", content_type__model="page").delete()
    root.refresh_from_db()
    if root.title == "Root":
        # As Wagtail's migrations name it; every way through the tree begins with this word.
        root.title = root.draft_title = settings.WAGTAIL_SITE_NAME
        root.save(update_fields=["title", "draft_title"])
    planted = 0
    first: dict[str, Page] = {}
    for locale in locales:
        with override(locale.language_code):
            planted += _plant_language(root, locale, first)
    _stand_at(first["home"])
    give_roles()
    plant_workflow()
    _link(locales)
    return planted


def _link(locales: list[Locale]) -> None:
    """The first links of each menu, each planted once: one that an editor took away stays away."""
    for locale in locales:
        for menu, places in LINKS.items():
            for page in Page.objects.filter(locale=locale, depth=3, slug__in=places):
                name = f"menu:{menu}:{locale.language_code}:{page.slug}"
                if LastRun.objects.get_or_create(name=name)[1]:
                    place = places[page.slug]
                    MenuLink.objects.create(menu=menu, locale=locale, page=page, position=place)


def _plant_language(root: Page, locale: Locale, first: dict[str, Page]) -> int:
    """The home page of a language and its sections, each the translation of the first one's."""
    planted = 0

    def standing(name: str, parent: Page, kind: type[Page], **texts: Any) -> Page:
        nonlocal planted
        found = kind.objects.child_of(parent).filter(locale=locale, slug=texts["slug"]).first()
        if found is None:
            twin = first.get(name)
            if twin is not None:
                texts["translation_key"] = twin.translation_key
            found = parent.add_child(instance=kind(locale=locale, show_in_menus=parent is not root, **texts))
            found.save_revision().publish()
            planted += 1
        first.setdefault(name, found)
        return found

    home = standing("home", root, HomePage, slug=locale.language_code, title=_(HOME), lead=_(LEAD))
    for slug, (kind, title, intro) in SECTIONS.items():
        more = contact_form() if kind is FormPage else {}
        standing(slug, home, kind, slug=slug, title=_(title), intro=_(intro), **more)
    return planted


def _stand_at(home: Page) -> None:
    """The one site of ours, at the address that the settings name."""
    address = urlsplit(settings.SITE_URL)
    port = address.port or {"https": 443}.get(address.scheme, 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.root_page = address.hostname, port, home
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.save()
