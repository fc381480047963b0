"""Addresses in a page: those of its source, until a language has others."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.whitelist import check_url
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation

from cms.blocks.films import film_at
from cms.translations.errors import AddressNotAllowed
from moussem.core.errors import require


@dataclass(frozen=True)
class Address:
    """One address of the source, and what stands in its place in the other language."""

    segment: OverridableSegment
    own: str

    @property
    def key(self) -> str:
        return f"address-{self.segment.pk}"

    @property
    def source(self) -> str:
        return str(self.segment.data)

    @property
    def is_of_the_page(self) -> bool:
        """Whether it is the last part of the page's own address."""
        return bool(self.segment.context.path == "slug")

    def may_be(self, text: str) -> bool:
        """Whether a page may lead there: to no script, and a film only to where films may stand."""
        if self.is_of_the_page:
            return True
        return bool(film_at(text)) if film_at(self.source) else bool(check_url(text))


def require_allowed(translation: Translation) -> None:
    """Refuse what was kept by another way than the page of a translator."""
    for address in addresses_of(translation):
        require(not address.own or address.may_be(address.own), AddressNotAllowed, address=address.own)


def addresses_of(translation: Translation) -> list[Address]:
    """What of a page is an address: its own, those of its links and films; choices are carried over."""
    kept = {
        one.context_id: one.data
        for one in SegmentOverride.objects.filter(
            context__object_id=translation.source.object_id, locale=translation.target_locale
        )
    }
    segments = translation.source.overridablesegment_set.select_related("context").order_by("order")
    # Pictures, documents and pages are numbers; so is what a link says of a page of ours.
    return [
        Address(segment, str(kept.get(segment.context_id, "")))
        for segment in segments
        if isinstance(segment.data, str) and segment.data
    ]


def keep_addresses(translation: Translation, typed: Mapping[str, str], *, by: Any) -> None:
    """Write the addresses that were changed; an empty one is the source's again."""
    for address in addresses_of(translation):
        text = typed.get(address.key, address.own).strip()
        where = {"context": address.segment.context, "locale": translation.target_locale}
        if text == address.own:
            continue
        if text:
            require(address.may_be(text), AddressNotAllowed, address=text)
            told = {"data_json": json.dumps(text), "last_translated_by": by, "has_error": False}
            SegmentOverride.objects.update_or_create(**where, defaults=told)
        else:
            SegmentOverride.objects.filter(**where).delete()
