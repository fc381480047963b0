"""In which sizes a picture of the editors is shown, each drawn as AVIF and as WebP. No Django in here."""

from dataclasses import dataclass

# A browser takes the first it can show; the last one every browser can.
FORMATS = ("avif", "webp")
# What networks and feed readers show beside a title.
SHARED_WIDTH, SHARED_HEIGHT = 1200, 630
SHARED = f"fill-{SHARED_WIDTH}x{SHARED_HEIGHT}|format-jpeg"


@dataclass(frozen=True)
class Place:
    """Where a picture stands: its sizes as Wagtail names them, smallest first, and how wide it is shown."""

    cuts: tuple[str, ...]
    shown: str

    @property
    def specs(self) -> dict[str, list[str]]:
        """What is drawn, by format."""
        return {kind: [f"{cut}|format-{kind}" for cut in self.cuts] for kind in FORMATS}


PLACES = {
    "lead": Place(
        ("fill-480x300", "fill-800x500", "fill-1280x800"),
        "(min-width: 78rem) 690px, (min-width: 60rem) 56vw, 100vw",
    ),
    "card": Place(("fill-400x250", "fill-800x500"), "(min-width: 60rem) 24rem, 92vw"),
    "small": Place(("fill-200x125", "fill-400x250"), "6.5rem"),
    "body": Place(("width-480", "width-800", "width-1280"), "(min-width: 60rem) 56rem, 100vw"),
    "gallery": Place(("fill-480x360", "fill-800x600"), "(min-width: 60rem) 27rem, 92vw"),
}


def specs_of(*places: str) -> list[str]:
    """Everything that is drawn for these places, each once."""
    found = (spec for name in places for specs in PLACES[name].specs.values() for spec in specs)
    return list(dict.fromkeys(found))
