from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class ConceptKind(TextChoices):
    """What a concept says of an offer; the same words as `lexicon.KINDS`, and words to pass over."""

    PLACE = "place", _("place")
    THING = "thing", _("product or material")
    FORM = "form", _("form")
    ATTRIBUTE = "attribute", _("attribute of the offer")
    CERTIFICATE = "certificate", _("certificate")
    PROTECTED = "protected", _("protected name")
    QUALITY = "quality", _("quality")
    USE = "use", _("use")
    INCOTERM = "incoterm", _("Incoterm")
    MONTH = "month", _("month")
    LANGUAGE = "language", _("language")
    UNIT = "unit", _("unit")
    STOP = "stop", _("words to pass over")


class Source(IntegerChoices):
    """Who wrote a concept last. A file is loaded over what stands no higher than itself."""

    REFERENCE = 1, _("delivered with the site")
    FILE = 2, _("loaded from a file")
    EDITOR = 3, _("changed by an editor")


LANGUAGE_NAMES = {
    "en": _("English"),
    "fr": _("French"),
    "ar": _("Arabic"),
    "es": _("Spanish"),
    "de": _("German"),
    "it": _("Italian"),
    "ary": _("Darija in Latin letters"),
    "zgh": _("Amazigh"),
    "la": _("Latin (names of species)"),
}
