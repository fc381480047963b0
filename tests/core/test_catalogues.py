import gettext
import os

import pytest

from moussem.core.catalogues import (
    catalogue_file,
    compile_catalogues,
    extract,
    read_catalogue,
    untranslated,
    update_catalogues,
)

pytestmark = pytest.mark.unit

TEMPLATE = """{% load i18n %}<p>{% translate "Basket" %}
   {% translate "order" context "verb" %}
      {% blocktranslate trimmed count counter=n %}
  One <bdi>lot</bdi>
  {% plural %}{{ counter }} lots, don't "panic" (
{% endblocktranslate %}</p>
  {{ _("Total") }}"""


@pytest.fixture
def house(tmp_path):
    """A small house with a template and a module."""
    (tmp_path / "catalogue" / "templates").mkdir(parents=True)
    (tmp_path / "catalogue" / "templates" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "catalogue" / "errors.py").write_text(
        'text = _(\n    "The lot %(code)s "\n    "is gone."\n)\nlabel = pgettext_lazy("role", "owner")\n'
    )
    return tmp_path


def test_texts_of_templates_and_modules_are_found(house):
    found = {(message.context, message.id) for message in extract(house) if message.id}

    assert found == {
        (None, "Basket"),
        ("verb", "order"),
        (None, ("One <bdi>lot</bdi>", '%(counter)s lots, don\'t "panic" (')),
        (None, "Total"),
        (None, "The lot %(code)s is gone."),
        ("role", "owner"),
    }


def test_update_keeps_translations_and_drops_what_nobody_says(house):
    folder = house / "locale"
    assert update_catalogues(house, folder, ["fr"]) == {"fr": 6}
    file = catalogue_file(folder, "fr")
    file.write_text(
        file.read_text(encoding="utf-8").replace(
            'msgid "Basket"\nmsgstr ""', 'msgid "Basket"\nmsgstr "Panier"'
        ),
        encoding="utf-8",
    )
    (house / "catalogue" / "errors.py").unlink()

    assert update_catalogues(house, folder, ["fr"]) == {"fr": 3}

    assert read_catalogue(file, "fr").get("Basket").string == "Panier"
    assert "gone" not in file.read_text(encoding="utf-8")


def test_update_without_change_writes_the_same_file(house):
    folder = house / "locale"
    update_catalogues(house, folder, ["ar"])
    before = catalogue_file(folder, "ar").read_bytes()

    update_catalogues(house, folder, ["ar"])

    assert catalogue_file(folder, "ar").read_bytes() == before


def test_half_translated_and_fuzzy_texts_count_as_missing(house):
    folder = house / "locale"
    update_catalogues(house, folder, ["fr"])
    catalog = read_catalogue(catalogue_file(folder, "fr"), "fr")
    for message in catalog:
        if message.id:
            message.string = ("un", "") if message.pluralizable else "x"
    catalog.get("Total").flags.add("fuzzy")

    assert len(untranslated(catalog)) == 2


def test_catalogue_is_compiled_once_until_it_changes(house):
    folder = house / "locale"
    file = catalogue_file(folder, "fr")
    file.parent.mkdir(parents=True)
    file.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Basket"\nmsgstr "Panier"\n'
    )

    assert compile_catalogues([folder]) == [file]
    assert compile_catalogues([folder]) == []
    with file.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Basket") == "Panier"
    later = file.stat().st_mtime + 5
    os.utime(file, (later, later))
    assert compile_catalogues([folder]) == [file]
