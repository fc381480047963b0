"""What buyers ask of laboratories, beside what was found in the lots that are to be had."""

from datetime import date

import pytest

from catalogue.queries.grades import graded
from fairs.guests.models import Need
from matchmaking.requests.affinities import profiles_of
from matchmaking.requests.laboratory import least_rank
from matchmaking.scoring.reasons import Code, Standing
from tests.factories.catalogue import FamilyFactory, LotFactory, ProductFactory, limit_of_crocin

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

EDITION = "ISO 3632-1:2011"
ANALYSED = date(2026, 3, 9)


@pytest.fixture
def told(fair):
    """What the affinity of the two says of laboratories: lots as they are, limits as they are asked."""
    ProductFactory._meta.model.objects.filter(pk=fair.product.pk).update(product_class=FamilyFactory())
    fair.product.refresh_from_db()
    fair.product.lots.all().delete()
    fields = {"product": fair.product, "analysed_on": ANALYSED, "report": "report.pdf"}

    def run(*lots, limits=(), category=""):
        for lot in lots:
            made = LotFactory(**{**fields, **lot})
            for rank, value in (("I", 200), ("II", 170)):
                limit_of_crocin(made, edition=EDITION, category=rank, value=value)
        Need.objects.update(family=fair.product.product_class, limits=list(limits), category=category)
        pair = profiles_of(fair.edition, [fair.buyer, fair.exporter]).of(fair.buyer, fair.exporter)
        (reason,) = [one for one in pair.reasons if one.code == Code.LAB]
        return reason.standing, {name: reason.data.get(name) for name in ("found", "on", "has_report")}

    return run


def test_lot_that_meets_a_limit_is_a_reason_with_its_value_and_day(told):
    found = told({"lab": {"crocin": "238"}}, limits=["crocin>=200"])

    assert found == (
        Standing.MET,
        {"found": (("crocin", 238.0),), "on": ANALYSED, "has_report": True},
    )


def test_lot_of_the_asked_category_or_a_better_one_is_a_reason(told):
    standing, data = told({"edition": EDITION, "grade": "I"}, category="ISO3632:II")

    assert (standing, data["found"]) == (Standing.MET, (("iso3632", 1.0),))


@pytest.mark.parametrize(
    ("lot", "standing"),
    [
        ({"edition": EDITION, "grade": "II"}, Standing.RULED_OUT),
        ({}, Standing.UNKNOWN),
        ({"edition": "an edition of which nothing is known", "grade": "I"}, Standing.UNKNOWN),
    ],
)
def test_lower_category_is_refused_and_an_unknown_one_is_not(told, lot, standing):
    assert told(lot, category="ISO3632:I")[0] == standing


@pytest.mark.parametrize(
    "gone",
    [{"sold": 12_000}, {"best_before": date(2020, 1, 1)}],
)
def test_lot_that_is_not_to_be_had_answers_nothing(told, gone):
    assert told({"lab": {"crocin": "238"}, **gone}, limits=["crocin>=200"])[0] == Standing.UNKNOWN


def test_value_without_a_report_is_not_told_as_analysed(told):
    _standing, data = told({"report": ""}, limits=["crocin>=200"])

    assert data["has_report"] is False


def test_category_that_the_standard_has_no_more_stays_unknown(fair):
    limit_of_crocin(LotFactory(), edition=EDITION, category="I", value=200)

    asked = [least_rank(one, graded()) for one in ("ISO3632:I", "ISO3632:IV", "")]

    assert asked == [("ISO3632<=1",), ("ISO3632 IV",), ()]
