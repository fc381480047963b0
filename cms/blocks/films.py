"""Films of elsewhere: an address of the allow-list becomes a player without cookies."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.addresses import is_elsewhere

# Where players stand: what the content security policy of a page with a film lets in.
PLAYERS = ("https://www.youtube-nocookie.com", "https://player.vimeo.com")
HOSTS = {
    "youtube.com": "youtube",
    "www.youtube.com": "youtube",
    "m.youtube.com": "youtube",
    "youtu.be": "youtu.be",
    "vimeo.com": "vimeo",
    "www.vimeo.com": "vimeo",
}
YOUTUBE, VIMEO = re.compile(r"[\w-]{11}", re.ASCII), re.compile(r"[0-9]{6,12}")


@dataclass(frozen=True)
class Film:
    """One film: the address of its player, and where it may be seen without."""

    player: str
    page: str

    @property
    def site(self) -> str:
        """The house that shows it, as readers know it."""
        return "Vimeo" if self.player.startswith(PLAYERS[1]) else "YouTube"


def film_at(address: str) -> Film | None:
    """The film that an address of the allow-list names; nothing for any other address."""
    said = address.strip()
    if not is_elsewhere(said):
        return None
    parts = urlsplit(said)
    host = HOSTS.get(parts.netloc.lower().removesuffix(":443"))
    name = parts.path.removeprefix("/").removesuffix("/")
    if host == "youtube" and name == "watch":
        name = _only(parse_qs(parts.query).get("v", []))
        host = "youtu.be"
    if host == "youtu.be" and YOUTUBE.fullmatch(name):
        return Film(f"{PLAYERS[0]}/embed/{name}", f"https://www.youtube.com/watch?v={name}")
    if host == "vimeo" and VIMEO.fullmatch(name):
        return Film(f"{PLAYERS[1]}/video/{name}?dnt=1", f"https://vimeo.com/{name}")
    return None


def _only(told: list[str]) -> str:
    """What an address says once; nothing where it says it twice."""
    return told[0] if len(told) == 1 else ""


class VideoBlock(blocks.StructBlock):
    """A film that stands elsewhere, with its words for who cannot hear or has no band for it."""

    address = blocks.URLBlock(
        label=_("Address of the film"), help_text=_("On YouTube or Vimeo, as your browser shows it.")
    )
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    words = blocks.TextBlock(
        max_length=4000, label=_("What is said and shown"), help_text=_("Read by who cannot see or hear it.")
    )

    class Meta:
        icon = "media"
        label = _("Film")
        template = "cms/blocks/video.html"

    def clean(self, value: Any) -> Any:
        """Only films of the allow-list."""
        cleaned = super().clean(value)
        if film_at(cleaned["address"]) is None:
            said = _(
                "Only films on YouTube or Vimeo can be shown. Paste the address as your browser shows it."
            )
            raise StructBlockValidationError(block_errors={"address": ValidationError(said)})
        return cleaned
