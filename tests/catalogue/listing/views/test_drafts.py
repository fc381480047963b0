from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from catalogue.actions.photos import add_photo
from catalogue.models import Lot, PriceTier, Product
from moussem.core.models import LogEntry
from tests.factories.catalogue import ProductFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ALL = reverse("listing:drafts")


def draft_of(seller, code, **made):
    return ProductFactory(organisation=seller.organisation, seller_code=code, listed=False, **made)


def delete(desk, product, typed):
    answer = desk.post(reverse("listing:delete", args=[product.pk]), {"confirmation": typed})
    return answer["Location"], [str(message) for message in get_messages(answer.wsgi_request)]


def test_draft_is_deleted_with_its_lots_and_photos_once_its_code_is_typed(
    desk, seller, photo, django_capture_on_commit_callbacks
):
    draft = draft_of(seller, "D-1")
    kept = add_photo(draft, photo(), actor=seller.user).original

    with django_capture_on_commit_callbacks(execute=True):
        gone = delete(desk, draft, "D-1")

    assert gone == (f"{reverse('listing:index')}?show=drafts", [f"“{draft.label}” is deleted."])
    assert [model.objects.count() for model in (Product, Lot, PriceTier)] == [0, 0, 0]
    assert LogEntry.objects.get(verb="deleted").facts == {"title": draft.title, "code": "D-1"}
    assert not kept.storage.exists(kept.name)


def test_draft_stays_when_something_else_is_typed(desk, seller):
    draft = draft_of(seller, "D-1")

    assert delete(desk, draft, "D-2")[1] == ["What was typed is not “D-1”. Nothing was changed."]
    assert Product.objects.count() == 1


@pytest.mark.parametrize("is_public", [True, False])
def test_product_that_was_ever_listed_is_not_deleted(desk, seller, is_public):
    product = ProductFactory(organisation=seller.organisation, seller_code="D-1")
    Product.objects.update(is_public=is_public)

    told = delete(desk, product, "D-1")[1]

    assert [sentence.partition(":")[0] for sentence in told] == [
        f"“{product.label}” is or was listed, and orders may name it"
    ]
    assert Product.objects.count() == 1


def test_complete_drafts_are_listed_at_once_and_the_others_say_what_they_lack(desk, seller):
    good = [draft_of(seller, "D-1"), draft_of(seller, "D-2")]
    poor = draft_of(seller, "D-3", lots=[])

    shown = desk.get(ALL).context
    answer = desk.post(ALL, {"drafts": [str(one.pk) for one in [*good, poor]]})

    assert sorted(one.seller_code for one in shown["complete"]) == ["D-1", "D-2"]
    assert [(one.seller_code, [str(lack) for lack in lacks]) for one, lacks in shown["unfinished"]] == [
        ("D-3", ["Add a lot, so that there is something to order."])
    ]
    assert list(Product.objects.listed().order_by("pk").values_list("seller_code", flat=True)) == [
        "D-1",
        "D-2",
    ]
    assert [str(message) for message in get_messages(answer.wsgi_request)] == [
        "2 products are listed: every visitor can see them.",
        f"“{poor.label}” stays a draft, with everything you wrote. "
        "Still needed: Add a lot, so that there is something to order.",
    ]


def test_draft_of_another_seller_is_not_listed_with_the_own_ones(desk, seller, stranger):
    foreign = draft_of(stranger, "D-1")

    desk.post(ALL, {"drafts": [str(foreign.pk), "x", "٣"]})

    assert Product.objects.listed().count() == 0


def test_drafts_are_looked_at_in_few_queries_however_many(desk, seller, django_assert_max_num_queries):
    for number in range(3):
        draft_of(seller, f"D-{number}", ladder=[("1", Decimal(9))])

    with django_assert_max_num_queries(15):
        desk.get(ALL)


@pytest.mark.parametrize("address", ["drafts/", "?show=drafts"])
def test_without_drafts_the_page_says_what_they_are_and_how_to_begin_one(desk, address):
    text = desk.get(f"{reverse('listing:index')}{address}").content.decode()

    assert "A draft is a product that you have begun and that no visitor sees yet." in text
    assert f'href="{reverse("listing:start")}"' in text
    assert ("0 drafts" in text, "No product of yours fits" in text) == (False, False)
