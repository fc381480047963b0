"""Identifiers of others in a form: what the address does not name cannot be reached either."""

import pytest
from django.urls import reverse

from moussem.trade.checkout.models import CheckoutDraft
from tests.factories.catalogue import CertificateFactory
from tests.factories.fairs import organiser
from tests.isolation.scene import token_of
from tests.isolation.watching import state_of_the_database

pytestmark = [pytest.mark.integration, pytest.mark.walked, pytest.mark.django_db]


def test_nobody_acts_for_an_organisation_of_others(scene, browser_of):
    browser, before = browser_of(scene.y.owner.user), state_of_the_database()

    theirs = [one.pk for one in (scene.x.owner, scene.a.owner, scene.x.purchaser)]
    for number in (*theirs, "", "x", "-1", "9" * 30, "9" * 5000, "1\0"):
        sent = browser.post(reverse("organisations:switch"), {"membership": number})
        assert sent.status_code == 404

    assert browser.session.get("membership") is None
    assert state_of_the_database() == before


def test_nobody_places_the_basket_of_another(scene, browser_of):
    draft = CheckoutDraft.objects.create(
        basket=scene.x.basket_line.basket, key="00000000-0000-4000-8000-000000000001"
    )
    browser, before = browser_of(scene.y.owner.user), state_of_the_database()

    seen = {"seen_total": "1.00", "seen_currency": "EUR", "seen_digest": "0"}
    sent = browser.post(reverse("checkout:review"), {"key": draft.key, **seen})

    assert sent.status_code == 404
    assert state_of_the_database() == before


def test_certificate_covers_no_product_of_another(scene, browser_of):
    browser, before = browser_of(scene.a.owner.user), state_of_the_database()

    address = reverse("listing:certificate", args=[scene.a.certificate.pk])
    for number in (scene.b.listed.pk, "9" * 20, "9" * 5000, "x\0"):
        sent = browser.post(address, {"products": [number]})
        assert sent.status_code == 200 and sent.context["form"].errors

    assert state_of_the_database() == before


def test_product_takes_no_certificate_of_another(scene, browser_of):
    foreign = CertificateFactory(organisation=scene.b.organisation)
    browser = browser_of(scene.a.owner.user)

    lot = {"code": "LOT-NEW", "harvest_year": "2025", "quantity": "10", "certificates": [foreign.pk]}
    sent = browser.post(reverse("listing:proofs", args=[scene.a.draft.pk]), lot)

    assert sent.status_code == 200 and sent.context["form"].errors
    assert list(foreign.products.all()) == []


def test_lot_number_of_another_neither_blocks_nor_shows_that_it_exists(scene, browser_of):
    browser, theirs = browser_of(scene.b.owner.user), scene.a.lot
    lot = {"code": theirs.code, "harvest_year": "2025", "quantity": "10"}
    page = reverse("catalogue:lot", args=[scene.b.organisation.slug, theirs.code])
    assert browser.get(page).status_code == 404

    sent = browser.post(reverse("listing:add_lot", args=[scene.b.listed.pk]), lot)

    assert sent.status_code == 302
    assert browser.get(page).context["lot"].product == scene.b.listed
    assert (
        browser.get(reverse("catalogue:lot", args=[scene.a.organisation.slug, theirs.code])).status_code
        == 404
    )


def test_order_is_not_taken_from_lots_of_another(scene, browser_of):
    browser, before = browser_of(scene.a.owner.user), state_of_the_database()
    line = scene.x.order.lines.get()
    theirs = scene.b.listed.lots.get()

    address = reverse("desk:lots", args=[scene.x.order.number, line.pk])
    browser.post(address, {f"lot-{theirs.pk}": str(line.quantity)})

    assert state_of_the_database() == before


def test_picture_of_another_order_is_not_removed(scene, browser_of):
    browser, before = browser_of(scene.b.owner.user), state_of_the_database()
    picture = scene.x.order.photos.get()

    address = reverse("desk:ready", args=[scene.y.order.number])
    for number in (picture.pk, "9" * 30, "9" * 5000, "-1", "x"):
        assert browser.post(address, {"remove": number}).status_code == 200

    assert state_of_the_database() == before


def test_invitation_serves_only_the_invited_address(scene, browser_of):
    browser, before = browser_of(scene.y.owner.user), state_of_the_database()

    browser.post(reverse("organisations:invitation", args=[token_of(scene.a.invitation)]))

    assert state_of_the_database() == before


def test_lists_show_only_what_is_mine(scene, browser_of):
    """Addresses without an argument: nothing of the other pair stands on them."""
    lists = {
        scene.b.owner: (
            *("desk:home", "desk:orders", "listing:index", "listing:certificates", "imports:index"),
            *("fairs:applications", "fairs:index"),
        ),
        scene.y.owner: (
            *("orders:purchases", "orders:approvals", "payment:history", "basket:summary"),
            *("wanted:requests", "wanted:searches"),
        ),
        organiser(): ("fairs:editions", "fairs:index", "fairs:start"),
    }
    theirs = [
        scene.x.order.purchase.number,
        scene.x.organisation.name,
        scene.a.draft.title,
        scene.a.certificate.number,
        scene.x.deposit.reference,
        scene.x.wish.text,
        scene.x.search.name,
        *(scene.o.draft.slug, f"{scene.o.edition.slug}/apply/", f"{scene.o.edition.slug}/organise/"),
    ]
    for keeper, names in lists.items():
        browser = browser_of(keeper.user)
        for name in names:
            page = browser.get(reverse(name)).content.decode()
            assert [word for word in theirs if word in page] == [], name
