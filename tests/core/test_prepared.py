from datetime import date

import pytest
from django.db.models import CharField, DateField, OuterRef, Subquery

from catalogue.models import Certificate, Lot, Product
from moussem.core.prepared import Prepared, bring, told
from tests.factories.catalogue import CertificateFactory, LotFactory, ProductFactory

pytestmark = pytest.mark.django_db


def mine():
    return Prepared(Product.objects.filter(organisation=told("seller")).order_by("pk"))


def test_prepared_question_answers_for_the_values_told_each_time():
    one, other = ProductFactory(), ProductFactory()
    question = mine()

    assert question.ask(seller=one.organisation_id) == [one]
    assert question.ask(seller=other.organisation_id) == [other]
    assert question.ask(seller=0) == []


def test_prepared_question_is_compiled_once_and_asked_in_one_query(django_assert_num_queries, monkeypatch):
    one, question = ProductFactory(), mine()
    question.ask(seller=one.organisation_id)
    monkeypatch.delattr("django.db.models.sql.compiler.SQLCompiler.as_sql")

    with django_assert_num_queries(1):
        assert question.ask(seller=one.organisation_id) == [one]


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**22])
def test_number_longer_than_any_key_finds_nothing(number):
    ProductFactory()

    assert mine().ask(seller=number) == []


def test_value_left_out_is_named_and_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(KeyError, match="seller"):
        mine().ask()


def test_values_are_told_where_they_stand_also_inside_subqueries():
    one = ProductFactory()
    first, second = LotFactory(product=one, harvest_year=2021), LotFactory(product=one, harvest_year=2022)
    lots = Lot.objects.filter(product=OuterRef("pk"), harvest_year=told("year"))
    newest = Product.objects.annotate(lot_code=Subquery(lots.values("code")[:1]))
    question = Prepared(newest.filter(pk=told("pk"), slug=told("slug", CharField())))

    told_years = [question.first(pk=one.pk, slug=one.slug, year=year).lot_code for year in (2022, 2021, 2020)]
    assert told_years == [second.code, first.code, None]


def test_days_and_tuples_come_back_as_from_any_queryset():
    held = CertificateFactory(valid_until=date(2027, 3, 31))
    until = Certificate.objects.filter(valid_until=told("day", DateField())).values_list("pk", "valid_until")

    assert Prepared(until).ask(day=date(2027, 3, 31)) == [(held.pk, date(2027, 3, 31))]


def test_prefetched_rows_come_with_the_answer(django_assert_num_queries):
    one = ProductFactory()
    lots = {LotFactory(product=one), *one.lots.all()}
    question = Prepared(Product.objects.filter(pk=told("pk")).prefetch_related("lots"))

    with django_assert_num_queries(2):
        assert set(question.first(pk=one.pk).lots.all()) == lots


def test_parts_are_brought_to_their_rows_and_nobody_reads_those_of_others(django_assert_num_queries):
    one, other, bare = ProductFactory(), ProductFactory(), ProductFactory()
    lots = {row.pk: {LotFactory(product=row), *row.lots.all()} for row in (one, other)}
    bare.lots.all().delete()
    rows = list(Product.objects.filter(pk__in=[one.pk, other.pk, bare.pk]))
    bring("lots", rows, Lot.objects.filter(product__in=rows))

    with django_assert_num_queries(0):
        assert {row.pk: set(row.lots.all()) for row in rows} == {**lots, bare.pk: set()}
        with pytest.raises(AttributeError):
            rows[0].lots.filter(quantity__gt=0)
