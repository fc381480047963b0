"""What may be sent as evidence of a consent: a paper, a picture or a voice, known by its content."""

from dataclasses import dataclass

import puremagic

LARGEST = 10_000_000
ENOUGH_TO_KNOW = 4096
# Extension by which a kind of content is kept -> the names the detector has for it, and how it is served.
KINDS = {
    "pdf": ({".pdf"}, "application/pdf"),
    "jpg": ({".jpg", ".jpeg", ".jfif"}, "image/jpeg"),
    "png": ({".png"}, "image/png"),
    "webp": ({".webp"}, "image/webp"),
    "ogg": ({".ogg", ".oga", ".opus"}, "audio/ogg"),
    "mp3": ({".mp3"}, "audio/mpeg"),
    "m4a": ({".m4a"}, "audio/mp4"),
    "wav": ({".wav"}, "audio/wav"),
}
ACCEPTED = ",".join(f".{extension}" for extension in KINDS)


@dataclass(frozen=True)
class Evidence:
    """A kind of content that is accepted."""

    extension: str
    content_type: str


def kind_of(head: bytes) -> Evidence | None:
    """What the first bytes of a file say it is; None for anything that is not accepted."""
    try:
        guesses = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    # Only the surest guesses count, so that a page with a picture hidden in its tail is not a picture.
    surest = max((guess.confidence for guess in guesses), default=0)
    found = {guess.extension for guess in guesses if guess.confidence == surest}
    for extension, (names, content_type) in KINDS.items():
        if found & names:
            return Evidence(extension, content_type)
    return None


def content_type_of(name: str) -> str:
    """How a kept file is served, by the extension that we gave it."""
    _names, content_type = KINDS.get(name.rpartition(".")[2], (set(), "application/octet-stream"))
    return content_type
