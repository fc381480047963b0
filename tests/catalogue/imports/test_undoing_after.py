"""A list undone after people, questions and options went: what can be put back is, and the rest is named."""

import pytest
from django.db import connection

from catalogue.imports.models import ProductList
from catalogue.imports.states import ImportState
from catalogue.models import AttributeOption, AttributeOptionGroup, Family, Product, ProductAttributeValue
from moussem.core.models import LogEntry
from moussem.regions.models import HsCode
from tests.catalogue.imports.lists import text
from tests.catalogue.imports.test_views import HEADERS, ROWS, desk, page, try_out
from tests.factories.catalogue import saffron_code
from tests.factories.people import UserFactory

__all__ = ["desk"]
pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def powdered(desk):
    """A list that made powder of whole threads, under a new name."""
    desk.post(page("write", try_out(desk, text([HEADERS, ROWS[0]])).pk))
    Product.objects.get().texts.update(approved_by=UserFactory())
    tried = try_out(desk, text([["Réf", "Désignation", "Forme"], ["S-1", "Poudre", "poudre"]]))
    desk.post(page("write", tried.pk))
    return ProductList.objects.get(pk=tried.pk)


def form_asked():
    """The question after the form of saffron."""
    return Family.objects.get(slug="saffron").attributes.get(type="option", code=kept().attribute.code)


def kept():
    return ProductAttributeValue.objects.get()


def ask(kind):
    asked = form_asked()
    asked.type, asked.option_group = kind, asked.option_group if "option" in kind else None
    asked.save()


def undone(desk, product_list):
    """What the page says after the undoing, with the state, the title and the answers that are kept."""
    told = desk.post(page("undo", product_list.pk), follow=True).content.decode()
    connection.check_constraints()
    product_list.refresh_from_db()
    answers = [one.value_as_text for one in ProductAttributeValue.objects.all()]
    return told, (product_list.state, Product.objects.get().title, answers)


def test_text_is_put_back_when_the_account_of_who_approved_it_is_gone(desk, powdered):
    was = LogEntry.objects.get(verb="list.changed").facts["before"]["texts"]["fr"]["approved_by_id"]
    type(UserFactory()).objects.filter(pk=was).delete()

    _told, outcome = undone(desk, powdered)

    assert outcome == (ImportState.RECEIVED, "Safran en filaments", ["Whole threads"])
    assert Product.objects.get().texts.get(language="fr").approved_by is None


def test_choice_is_put_back_where_several_can_be_chosen_now(desk, powdered):
    ask("multi_option")

    told, outcome = undone(desk, powdered)

    assert outcome == (ImportState.RECEIVED, "Safran en filaments", ["Whole threads"])
    assert ([one.option for one in kept().value], "Could not be put back" in told) == (
        ["Whole threads"],
        False,
    )


@pytest.mark.parametrize("kind", ["text", "integer", "float", "boolean", "richtext", "date"])
def test_choice_is_not_put_back_into_a_question_of_another_kind_and_named(desk, powdered, kind):
    ask(kind)

    told, outcome = undone(desk, powdered)

    assert outcome == (ImportState.RECEIVED, "Safran en filaments", [])
    assert "Poudre: Form (the question is asked in another way now)" in told


@pytest.mark.parametrize("kind", ["option", "multi_option"])
def test_option_that_its_question_offers_no_more_is_not_put_back_and_named(desk, powdered, kind):
    ask(kind)
    elsewhere = AttributeOptionGroup.objects.create(name="Once")
    AttributeOption.objects.filter(option="Whole threads").update(group=elsewhere)

    told, outcome = undone(desk, powdered)

    assert outcome == (ImportState.RECEIVED, "Safran en filaments", [])
    assert "Poudre: Form (what was chosen is offered no more)" in told


def test_log_of_an_older_release_does_not_say_the_kind_and_is_undone_all_the_same(desk, powdered):
    line = LogEntry.objects.get(verb="list.changed")
    del line.facts["before"]["kinds"]
    LogEntry.objects.filter(pk=line.pk).update(facts=line.facts)

    _told, outcome = undone(desk, powdered)

    assert outcome == (ImportState.RECEIVED, "Safran en filaments", ["Whole threads"])


def test_customs_code_that_is_known_no_more_stays_as_the_list_wrote_it_and_is_named(desk, powdered):
    HsCode.objects.create(code="090412", level=6, section="II", official_en="Pepper", label_en="Pepper")
    Product.objects.update(hs_code=saffron_code())
    was = Product.objects.get().hs_code_id
    tried = try_out(desk, text([["Réf", "Code SH"], ["S-1", "090412"]]))
    desk.post(page("write", tried.pk), {"jumps_are_meant": "on"})
    assert Product.objects.get().hs_code_id == "090412" != was
    Family.objects.get(slug="saffron").hs_codes.clear()
    HsCode.objects.filter(pk=was).delete()

    told, outcome = undone(desk, ProductList.objects.get(pk=tried.pk))

    assert (outcome[0], Product.objects.get().hs_code_id) == (ImportState.RECEIVED, "090412")
    assert "Poudre: HS code (what it was is known here no more)" in told
