"""Reference rows as the product's own files give them."""

import csv
from functools import cache

import factory

from moussem.regions.actions import REFERENCE
from moussem.regions.models import Country, Province, Region


@cache
def _rows(name, key):
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return {row[key]: row for row in csv.DictReader(lines)}


def _of(name, key, column):
    return factory.LazyAttribute(lambda row: _rows(name, key)[row.code][column])


def _list_of(name, key, column):
    return factory.LazyAttribute(lambda row: _rows(name, key)[row.code][column].split(";"))


class CountryFactory(factory.django.DjangoModelFactory):
    """A country by its two letters; Morocco."""

    class Meta:
        model = Country
        django_get_or_create = ("code",)

    code = "MA"
    iso3 = _of("markets", "iso2", "iso3")
    name_en = _of("markets", "iso2", "name_en")
    name_fr = _of("markets", "iso2", "name_fr")
    name_ar = _of("markets", "iso2", "name_ar")
    group = _of("markets", "iso2", "group")
    currency = _of("markets", "iso2", "currency")
    languages = _list_of("markets", "iso2", "languages")
    time_zones = _list_of("markets", "iso2", "time_zones")


class RegionFactory(factory.django.DjangoModelFactory):
    """A region by its code; Souss-Massa."""

    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "MA-09"
    name_en = _of("regions", "code", "name_en")
    name_fr = _of("regions", "code", "name_fr")
    name_ar = _of("regions", "code", "name_ar")


class ProvinceFactory(factory.django.DjangoModelFactory):
    """A province by its code, in its true region; Taroudant."""

    class Meta:
        model = Province
        django_get_or_create = ("code",)

    code = "MA-TAR"
    region = factory.LazyAttribute(
        lambda row: RegionFactory(code=_rows("provinces", "code")[row.code]["region_code"])
    )
    name_fr = _of("provinces", "code", "name_fr")
    name_ar = _of("provinces", "code", "name_ar")
    kind = factory.LazyAttribute(lambda row: _rows("provinces", "code")[row.code]["type"].lower())
