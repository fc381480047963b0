"""Every text of the house is translated. `make messages` gathers the texts; people fill the catalogues."""

import pytest
from django.conf import settings

from moussem.core.catalogues import catalogue_file, extract, read_catalogue, untranslated
from tests.house.plan import ROOT

pytestmark = pytest.mark.translations

LANGUAGES = ["fr", "ar"]


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
