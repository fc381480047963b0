"""A value lies in the zone of the best category that it meets; the scale holds the value and every limit."""

from decimal import Decimal

import pytest

from catalogue.bands import Category, Zone, band_of
from catalogue.grading import Bound, Limit

pytestmark = pytest.mark.unit
EDITION = "ISO 3632-1:2011"


def limit(value, bound=Bound.MIN, category="all"):
    return Limit("ISO3632", "saffron", "crocin", category, Bound(bound), Decimal(value), EDITION)


def test_scale_is_cut_at_the_limits_and_each_zone_has_its_best_category():
    limits = [limit(200, category="I"), limit(170, category="II"), limit(120, category="III")]

    band = band_of(Decimal(180), limits, edition=EDITION)

    assert band.zones == (
        Zone(Decimal(96), Decimal(120)),
        Zone(Decimal(120), Decimal(170), "III", 2),
        Zone(Decimal(170), Decimal(200), "II", 1),
        Zone(Decimal(200), Decimal(224), "I", 0),
    )
    assert (band.limits, band.is_within) == ((120, 170, 200), True)


def test_upper_limit_alone_is_drawn_from_nothing():
    band = band_of(Decimal("13.5"), [limit(12, Bound.MAX)], edition=EDITION)

    assert band.zones == (Zone(Decimal(0), Decimal(12), "", 0), Zone(Decimal(12), Decimal("17.55")))
    assert band.is_within is False


def test_limits_of_every_category_bind_each_of_them():
    band = band_of(Decimal(30), [limit(20), limit(50, Bound.MAX), limit(40, category="I")], edition=EDITION)

    assert band.categories == (Category("I", Decimal(40), Decimal(50)),)
    assert band.is_within is False


@pytest.mark.parametrize("value", ["20", "50"])
def test_limit_itself_is_within(value):
    assert band_of(Decimal(value), [limit(20), limit(50, Bound.MAX)], edition=EDITION).is_within is True


@pytest.mark.parametrize("value", ["0", "-3", "1000000", "0.0001"])
def test_scale_holds_the_value_whatever_it_is(value):
    band = band_of(Decimal(value), [limit(0, Bound.MAX)], edition=EDITION)

    assert 0 <= band.share(Decimal(value)) <= 1
    assert (band.share(band.low), band.share(band.high)) == (0, 1)


def test_value_without_a_known_limit_has_no_scale():
    assert band_of(Decimal(1), [], edition="") is None
