"""One text in three languages, and which of them a reader gets."""

from django.utils.translation import get_language

# An Arabic reader without an Arabic text is served French before English: that is what is taught in Morocco.
FALLBACKS = {"en": ("en", "fr", "ar"), "fr": ("fr", "en", "ar"), "ar": ("ar", "fr", "en")}


def pick(*, en: str = "", fr: str = "", ar: str = "", language: str | None = None) -> str:
    """The text in the asked (else the active) language, or in the nearest language that has one."""
    texts = {"en": en, "fr": fr, "ar": ar}
    wanted = (language or get_language() or "en").split("-")[0]
    return next((texts[code] for code in FALLBACKS.get(wanted, FALLBACKS["en"]) if texts[code]), "")
