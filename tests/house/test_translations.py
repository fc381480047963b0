"""Every text of the house is translated. `make messages` gathers the texts; people fill the catalogues."""

import re

import pytest
from django.conf import settings
from django.utils.translation import gettext, ngettext, npgettext, override, pgettext

from moussem.core.catalogues import catalogue_file, extract, read_catalogue, untranslated
from tests.house.plan import ROOT

pytestmark = pytest.mark.translations

LANGUAGES = ["fr", "ar"]
# The plural forms that stand for several numbers, which a sentence therefore has to say.
LARGE = {"fr": {1}, "ar": {3, 4, 5}}
# What a translation copies as it is: the places that are filled in, and the tags of a page.
KEPT = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}|</?[a-z][^>]*>")


@pytest.fixture(scope="module")
def spoken():
    """Every text of the sources with its context."""
    return {(message.context, message.id) for message in extract(ROOT) if message.id}


@pytest.fixture(params=LANGUAGES)
def catalog(request):
    """The catalogue of a language."""
    return read_catalogue(catalogue_file(settings.LOCALE_PATHS[0], request.param), request.param)


def test_catalogue_holds_every_text(catalog, spoken):
    assert sorted(map(str, spoken - {(message.context, message.id) for message in catalog})) == []


def test_catalogue_has_no_empty_or_fuzzy_text(catalog):
    assert untranslated(catalog) == []


def test_placeholders_survive_translation(catalog):
    found = [(str(message.id), str(fault)) for message, faults in catalog.check() for fault in faults]

    # Only named places are filled; Babel takes “110% of” for a format.
    assert [entry for entry in found if "%(" in entry[0]] == []


def kept(text):
    """The places and tags of a text, whatever their order."""
    return sorted(KEPT.findall(text))


def test_translations_keep_places_and_tags(catalog):
    changed = [
        (message.id, string)
        for message in catalog
        if message.id and not message.pluralizable
        for string in [message.string or message.id]
        if kept(string) != kept(message.id)
    ]

    assert changed == []


def test_plurals_keep_places_and_tags(catalog):
    """Small numbers may be said in words, as in “one lot”; the larger ones are filled in."""
    changed = [
        (message.id, string)
        for message in catalog
        if message.id and message.pluralizable
        for form, string in enumerate(message.string)
        if set(kept(string)) - set(kept(message.id[1]))
        or (string and form in LARGE[catalog.locale_identifier] and kept(string) != kept(message.id[1]))
    ]

    assert changed == []


def said(message):
    """A message as a page in the active language says it, for one and for two."""
    singular, plural = message.id if message.pluralizable else (message.id, message.id)
    if not message.pluralizable:
        word = pgettext(message.context, singular) if message.context else gettext(singular)
        return [word, word]
    if message.context:
        return [npgettext(message.context, singular, plural, count) for count in (1, 2)]
    return [ngettext(singular, plural, count) for count in (1, 2)]


def test_english_is_what_the_sources_say():
    """A library's English catalogue must not reword ours: Oscar's would turn “Basket” into “Cart”.

    What our own English catalogue says otherwise is meant: the capitals of another library's headings.
    """
    meant = {message.id for message in read_catalogue(catalogue_file(settings.LOCALE_PATHS[0], "en"), "en")}
    with override("en"):
        changed = [
            (message.id, said(message))
            for message in extract(ROOT)
            if message.id
            and message.id not in meant
            and said(message) != list(message.id if message.pluralizable else [message.id] * 2)
        ]

    assert changed == []
