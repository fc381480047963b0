"""A machine's draft without a machine elsewhere: what was translated before, and the words of the trade."""

import re
from collections.abc import Iterable
from typing import Any

from wagtail.models import Locale
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import String, StringTranslation
from wagtail_localize.strings import StringValue

from catalogue.concepts.models import Concept
from catalogue.search.tables import content_of, reference_files, rows_of

MACHINE, MANUAL = StringTranslation.TRANSLATION_TYPE_MACHINE, StringTranslation.TRANSLATION_TYPE_MANUAL
TAG = re.compile(r"<[^>]+>|&\w+;")


class Memory(BaseMachineTranslator):
    """Fills in what somebody translated before, the names of the trade and bare figures; leaves the rest."""

    display_name = "MT"

    def can_translate(self, source_locale: Locale, target_locale: Locale) -> bool:
        """Between any two languages: what is not known stays empty."""
        return bool(source_locale.language_code != target_locale.language_code)

    def translate(
        self, source_locale: Locale, target_locale: Locale, strings: Iterable[StringValue]
    ) -> dict[StringValue, StringValue]:
        """The passages that are known, each in the other language."""
        asked = [string.data for string in strings]
        names = names_of_the_trade(source_locale.language_code, target_locale.language_code)
        known = {text: found for text in asked if (found := _name_of(text, names))}
        known |= {text: text for text in asked if is_without_words(text)}
        # What a person wrote for the very same passage is better than a name.
        known |= translated_before(source_locale, target_locale, asked)
        return {StringValue(text): StringValue(found) for text, found in known.items()}


def translated_before(source: Locale, target: Locale, texts: Iterable[str]) -> dict[str, str]:
    """What people wrote for these passages elsewhere, the latest first; never what a machine wrote."""
    hashes = [String._get_data_hash(text) for text in texts]
    found = StringTranslation.objects.filter(
        translation_of__locale=source,
        translation_of__data_hash__in=hashes,
        locale=target,
        translation_type=MANUAL,
        has_error=False,
    )
    return dict(found.order_by("updated_at", "pk").values_list("translation_of__data", "data"))


def names_of_the_trade(source: str, target: str) -> dict[str, str]:
    """What a concept is called in one language, by each of its names in another that means it alone."""
    named: dict[str, set[str]] = {}
    for aliases in _aliases_of_concepts():
        first = next(iter(aliases.get(target) or ()), None)
        for alias in aliases.get(source, ()) if first else ():
            named.setdefault(alias.casefold(), set()).add(str(first))
    return {alias: meant.pop() for alias, meant in named.items() if len(meant) == 1}


def _aliases_of_concepts() -> Iterable[dict[str, Any]]:
    """Of the concepts as staff edits them, or of the files while nobody did."""
    kept = list(Concept.objects.values_list("aliases", flat=True))
    return kept or [content_of(row)["aliases"] for row in rows_of(*reference_files())]


def _name_of(text: str, names: dict[str, str]) -> str:
    found = names.get(text.strip().casefold(), "")
    return found[:1].upper() + found[1:] if text[:1].isupper() else found


def is_without_words(text: str) -> bool:
    """Whether a passage is figures and signs only, the same in every language."""
    return not any(sign.isalpha() for sign in TAG.sub("", text))
