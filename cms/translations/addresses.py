"""Addresses in a page: those of its source, until a language has others."""

from collections.abc import Sequence
from dataclasses import dataclass

from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation

from cms.blocks.addresses import may_be_linked
from cms.blocks.films import film_at
from cms.blocks.rich import shown
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
        """Whether a page may lead there: where a text of its editor may, and a film to where films stand."""
        if self.is_of_the_page:
            return True
        return bool(film_at(text)) if film_at(self.source) else may_be_linked(text)


def require_allowed(translation: Translation) -> None:
    """Refuse what was kept by another way than the page of a translator."""
    kept = [address for address in addresses_of(translation) if address.own]
    require_led_to([one.own for one in kept if not one.may_be(one.own)])


def require_led_to(refused: Sequence[str]) -> None:
    """Refuse these addresses, if there are any."""
    require(not refused, AddressNotAllowed, addresses=", ".join(map(shown, refused)))


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
