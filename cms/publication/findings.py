"""A page as the checks see it, and their findings as sentences."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from catalogue.models import Product
from cms.files.models import Picture
from cms.publication.checks import (
    DESCRIPTION,
    LEADING,
    Draft,
    Finding,
    Known,
    findings_of,
    goods_in,
    links_in,
    pictures_in,
)
from cms.publication.links import dead_among
from cms.publication.shown import shown
from cms.publication.unfinished import unfinished_in

SENTENCES = {
    "picture_without_words": _("A picture has no words for who cannot see it: say what it shows."),
    "picture_without_rights": _(
        "Nothing says by what right the picture “%(on)s” is printed, or whose it is: say it with the picture."
    ),
    "heading_skips_a_level": _(
        "The heading “%(on)s” skips a level: who listens to the page misses one. Make it one level higher."
    ),
    "link_without_words": _("A link has no words, so nobody can follow it: write where it leads."),
    "link_says_here": _("The link “%(on)s” does not say where it leads: write the name of what it opens."),
    "link_to_hidden_page": _("The link “%(on)s” leads to a page that readers do not see: publish it first."),
    "link_to_nothing": _("Nothing answers at the address %(on)s: correct the link."),
    "product_of_elsewhere": _(
        "The product “%(on)s” is not of this region, whose showcase shows its own goods alone: take it off "
        "the shelf."
    ),
    "block_is_unfinished": _(
        "This block is half written: %(on)s. Fill in what is missing, or take the block away."
    ),
    "block_is_wrong": _("Block %(on)s"),
    "field_is_empty": _("The field “%(on)s” is empty: fill it in."),
    "body_is_empty": _("The body is empty: there is nothing to read."),
    "description_too_long": _(
        "The description for search engines has %(on)s characters; they show %(most)s. Make it shorter."
    ),
    "nothing_for_lists": _(
        "There is neither an introduction nor a description: lists and search engines show the title alone."
    ),
    "no_leading_picture": _("There is no leading picture: lists and shared links show words alone."),
    "leading_picture_is_small": _(
        "The leading picture is %(on)s pixels wide, and below %(least)s it is blurred on large screens and "
        "where the page is shared: choose a larger one."
    ),
    "no_sources": _("No source is named: readers cannot tell where the facts come from."),
}


def sentence(finding: Finding) -> str:
    """A finding as its editor reads it."""
    return str(SENTENCES[finding.code]) % {
        "on": finding.on,
        "most": DESCRIPTION,
        "least": LEADING,
    }


def inspect(page: Any) -> list[Finding]:
    """What the checks find on a page as it is held here, saved or not."""
    draft = draft_of(page)
    return [*unfinished_in(page), *findings_of(draft, _known(draft))]


def errors_of(page: Any) -> list[str]:
    """What keeps a page from its readers, in sentences."""
    return [sentence(finding) for finding in inspect(page) if finding.is_error]


def draft_of(page: Any) -> Draft:
    """What was typed of a page, whatever its kind."""
    body = getattr(page, "body", None)
    return Draft(
        blocks=body.get_prep_value() if body else (),
        description=page.search_description,
        intro=getattr(page, "intro", ""),
        picture=getattr(page, "picture_id", None),
        alt=getattr(page, "picture_alt", ""),
        region=getattr(page, "region_id", None),
        sources=getattr(page, "sources", None),
        must_say_something=getattr(page, "must_say_something", False),
    )


def _known(draft: Draft) -> Known:
    """What is so of the pictures, pages and addresses that a draft names."""
    numbers = {number for number, _alt in pictures_in(draft)}
    links = list(links_in(draft))
    linked = {link.page for link in links if link.page is not None}
    live = set(shown(Page.objects).filter(pk__in=linked).values_list("pk", flat=True))
    bare = Picture.objects.filter(pk__in=numbers).filter(Q(rights="") | Q(credit=""))
    return Known(
        hidden_pages=frozenset(linked - live),
        dead_addresses=dead_among(link.address for link in links),
        goods_of_elsewhere=_of_elsewhere(draft),
        width=Picture.objects.filter(pk=draft.picture).values_list("width", flat=True).first(),
        pictures_without_rights=dict(bare.values_list("pk", "title")),
    )


def _of_elsewhere(draft: Draft) -> dict[int, str]:
    """The products on a region's shelves that come from another one, with their titles."""
    chosen = set(goods_in(draft)) if draft.region else set()
    if not chosen:
        return {}
    found = Product.objects.filter(pk__in=chosen).exclude(origin_region=draft.region)
    return dict(found.values_list("pk", "title"))
