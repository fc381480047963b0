from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.translation import override

from moussem.core.models import OutboxMessage
from moussem.organisations.models import Organisation
from moussem.organisations.states import Role
from moussem.trade.payment.actions import order_mails
from tests.factories.trade import accepted_order, buyer, member_of, owner_of, placed_order, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TO_BUYER = [
    "placed",
    "accepted",
    "refused",
    "cancelled",
    "ready",
    "shipped",
    "deposit_soon",
    "unanswered",
    "unpaid",
]
TO_SELLER = ["placed", "answer_soon", "withdrawn", "delivered", "unanswered", "unpaid"]


def speak(user, language, time_zone="Africa/Casablanca"):
    user.language, user.time_zone = language, time_zone
    user.save(update_fields=["language", "time_zone"])
    return user


def written():
    return [message.payload for message in OutboxMessage.objects.filter(kind="mail").order_by("pk")]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_mail_is_written_in_the_readers_language_with_a_link(language):
    order = accepted_order()
    speak(owner_of(order.seller), language)
    speak(order.user, language)
    OutboxMessage.objects.all().delete()

    for what in TO_BUYER:
        order_mails.tell_buyer(order, what)
    for what in TO_SELLER:
        order_mails.tell_seller(order, what, reason="Twice")

    sent = written()
    assert len(sent) == len(TO_BUYER) + len(TO_SELLER)
    with override(language):
        links = {reverse("orders:order", args=[order.number]), reverse("desk:order", args=[order.number])}
    for mail in sent:
        assert order.number in mail["subject"] and "\n" not in mail["subject"]
        assert any(link in mail["body"] for link in links)
        assert "None" not in mail["body"] and "&" not in mail["body"].replace("&amp;", "")


def test_a_time_is_told_in_the_readers_zone():
    order = placed_order()
    speak(owner_of(order.seller), "en", "Asia/Tokyo")
    order.answer_by = datetime(2026, 11, 25, 20, 30, tzinfo=ZoneInfo("UTC"))

    order_mails.tell_seller(order, "placed")

    assert "26 November 2026, 05:30 (UTC+9)" in written()[0]["body"]


def test_everybody_who_answers_orders_is_written_to_and_nobody_else():
    side = seller()
    sales = member_of(side.organisation, Role.SALES).user
    for role, active in ((Role.VIEWER, True), (Role.SALES, False), (Role.DELEGATE, True)):
        member_of(side.organisation, role, is_active=active)

    order_mails.tell_seller(placed_order(seller_side=side), "placed")

    assert [mail["to"] for mail in written()] == [side.user.email, sales.email]


def test_the_owners_are_told_when_the_purchaser_has_left():
    side = buyer()
    purchaser = member_of(side.organisation, Role.PURCHASER)
    order = placed_order(buyer_side=purchaser)
    purchaser.is_active = False
    purchaser.save(update_fields=["is_active"])

    order_mails.tell_buyer(order, "placed")

    assert [mail["to"] for mail in written()] == [side.user.email]


def test_a_name_adds_no_header_and_no_markup():
    order = placed_order()
    Organisation.objects.filter(pk=order.buyer_id).update(name="Evil\r\nBcc: x@y.example <b>")
    order.refresh_from_db()

    order_mails.tell_seller(order, "placed")

    (mail,) = written()
    assert mail["to"] == owner_of(order.seller).email
    assert "\n" not in mail["subject"] and "\r" not in mail["subject"]
    assert "<b>" in mail["body"] + mail["subject"]
