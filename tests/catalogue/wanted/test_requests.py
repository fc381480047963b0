from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

import pytest

from catalogue.models import Request
from catalogue.wanted.actions import MOST_OPEN, withdraw_request
from catalogue.wanted.errors import TooManyRequests
from catalogue.wanted.forms import wish_of
from catalogue.wanted.states import RequestState
from moussem.core.dates import today_here
from moussem.core.errors import NotYours
from moussem.core.log import history_of
from moussem.core.models import LogEntry
from tests.factories.organisations import MembershipFactory
from tests.factories.people import PASSWORD, UserFactory
from tests.factories.regions import CountryFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ASK = "/en/ask/"
MINE = "/en/my/requests/"


def facts(request):
    names = ("text", "query", "quantity", "unit", "country_id", "wished_on", "note", "language", "state")
    return {name: getattr(request, name) for name in names}


def test_request_keeps_all_that_was_said(desk, buyer):
    CountryFactory(code="FR")
    day = today_here() + timedelta(days=60)
    sent = {"text": "Black saffron", "quantity": "2,5", "unit": "kg", "country": "FR", "note": "In tins"}

    answer = desk.post(ASK, {**sent, "wished_on": day.isoformat(), "query": "women=on&q=black&page=2"})

    request = Request.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, MINE)
    assert (request.person, request.organisation) == (buyer.user, buyer.organisation)
    assert facts(request) == {
        "text": "Black saffron",
        "query": "q=black&women=on",
        "quantity": Decimal("2.500"),
        "unit": "kg",
        "country_id": "FR",
        "wished_on": day,
        "note": "In tins",
        "language": "en",
        "state": "open",
    }


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("20 kg saffron to Rotterdam", "NL"),
        ("زعفران إلى المانيا", "DE"),
        ("saffron to Europe", None),
        ("saffron to Paris and Hamburg", None),
        ("saffron", None),
    ],
)
def test_form_begins_with_the_country_that_was_named(client, typed, country):
    assert client.get(ASK, {"text": typed}).context["form"].initial.get("country") == country


def test_request_that_is_sent_again_is_kept_once(desk):
    sent = {"text": "Black saffron", "quantity": "2,5", "unit": "kg", "note": "In tins"}

    answers = [desk.post(ASK, told) for told in (sent, sent, {**sent, "quantity": "3"})]

    assert [answer["Location"] for answer in answers] == [MINE] * 3
    assert list(Request.objects.values_list("quantity", flat=True)) == [Decimal(3), Decimal("2.5")]


def test_request_without_words_is_asked_for_them(desk):
    assert desk.post(ASK, {"text": ""}).context["form"].errors == {"text": ["Say what you need."]}


def test_request_is_logged(asked):
    assert [entry.verb for entry in history_of(asked("Black saffron"))] == ["wanted"]


def test_seller_asks_in_their_own_name(client):
    member = MembershipFactory()
    client.force_login(member.user)

    client.post(ASK, {"text": "Glass jars"})

    assert [(one.person, one.organisation) for one in Request.objects.all()] == [(member.user, None)]


def test_nobody_asks_in_the_name_of_another_buyer(asked, buyer):
    with pytest.raises(NotYours):
        asked("Black saffron", actor=UserFactory(), organisation=buyer.organisation)

    assert (Request.objects.count(), LogEntry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 201}, "text"),
        ({"quantity": "much"}, "quantity"),
        ({"quantity": "-3", "unit": "kg"}, "quantity"),
        ({"quantity": "3"}, "unit"),
        ({"unit": "stone", "quantity": "3"}, "unit"),
        ({"country": "XX"}, "country"),
        ({"wished_on": str(date(2020, 1, 1))}, "wished_on"),
        ({"note": "x" * 2001}, "note"),
    ],
)
def test_what_cannot_be_taken_comes_back_as_typed(desk, wrong, field):
    page = desk.post(ASK, {"text": "Black saffron", "note": "In tins", **wrong})

    form = page.context["form"]
    assert (page.status_code, list(form.errors)) == (200, [field])
    assert (form[field].value() or "") == {"text": "Black saffron", **wrong}.get(field, "")
    assert (Request.objects.count(), LogEntry.objects.count()) == (0, 0)


def test_twenty_open_requests_are_the_most(desk, asked):
    first, *_others = [asked(f"Product {number}") for number in range(MOST_OPEN)]
    before = LogEntry.objects.count()

    page = desk.post(ASK, {"text": "One more", "note": "Please"})

    assert page.context["form"].non_field_errors() == [TooManyRequests(most=MOST_OPEN).message]
    assert page.context["form"]["note"].value() == "Please"
    assert (Request.objects.count(), LogEntry.objects.count()) == (MOST_OPEN, before)
    withdraw_request(first, actor=first.person)
    assert desk.post(ASK, {"text": "One more"}).status_code == 302


def test_visitor_signs_in_and_finds_what_was_typed(client, buyer):
    typed = {
        "text": "Black saffron",
        "quantity": "a lot",
        "unit": "kg",
        "note": "In tins",
        "query": "q=black",
    }

    sent = client.post(ASK, typed)
    signed_in = client.post(sent["Location"], {"login": buyer.user.email, "password": PASSWORD})
    page = client.get(signed_in["Location"])

    form = page.context["form"]
    assert sent["Location"] == "/en/account/login/?next=%2Fen%2Fask%2F%3Fkept%3D1"
    assert {name: form[name].value() for name in typed} == typed
    assert Request.objects.count() == 0


def test_address_of_the_list_fills_the_form(client):
    page = client.get(ASK, {"query": "q=black+saffron&women=on&page=4"})

    form = page.context["form"]
    assert (form["text"].value(), form["query"].value()) == ("black saffron", "q=black+saffron&women=on")


def test_withdrawn_request_is_withdrawn_once(desk, asked):
    request = asked("Black saffron")

    for _press in range(2):
        assert desk.post(f"{MINE}{request.pk}/withdraw/")["Location"] == MINE

    request.refresh_from_db()
    assert request.state == RequestState.WITHDRAWN
    assert [entry.verb for entry in history_of(request)] == ["wanted", "moved.withdrawn"]


def test_withdrawn_request_is_asked_again_as_it_was(desk, asked):
    request = asked("Black saffron", quantity=Decimal("2.5"), unit="kg", note="In tins")

    form = desk.get(ASK, {"like": request.pk}).context["form"]

    assert [form[name].value() for name in ("text", "quantity", "unit", "note")] == [
        "Black saffron",
        "2.5",
        "kg",
        "In tins",
    ]


def test_request_of_another_fills_no_form(client, asked):
    client.force_login(UserFactory())

    for like in (asked("Black saffron").pk, "9" * 40, "x", "-1"):
        assert client.get(ASK, {"like": like}).context["form"]["text"].value() == ""


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_requests_asks_the_same_questions(desk, asked, rows, django_assert_num_queries):
    for number in range(rows):
        asked(f"Product {number}", country=CountryFactory(code="FR"))

    with django_assert_num_queries(6):
        page = desk.get(MINE)

    assert len(page.context["requests"]) == rows


@pytest.mark.parametrize(
    ("typed", "text", "quantity", "unit"),
    [
        ("organic caviar 500 kg", "organic caviar", "500", "kg"),
        ("1,5 t de Safran", "de Safran", "1500", "kg"),
        ("huile d'argan 20 Litres bio", "huile d'argan bio", "20", "L"),
        ("caviar ٥٠٠ كلغ", "caviar", "500", "kg"),
        ("caviar", "caviar", None, None),
    ],
)
def test_form_takes_what_was_understood_of_the_search(client, typed, text, quantity, unit):
    form = client.get(ASK, {"query": urlencode({"q": typed})}).context["form"]

    assert [form[name].value() for name in ("text", "quantity", "unit")] == [text, quantity, unit]


def test_staff_reads_how_much_is_wanted(client, asked):
    asked("Caviar", quantity=Decimal("500"), unit="kg")
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    page = client.get("/admin/catalogue/request/").content.decode()

    assert ("<bdi>500\N{NO-BREAK SPACE}kg</bdi>" in page, "500,000" in page) == (True, False)


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("bicycle to Germany", {"text": "bicycle", "country": "DE"}),
        ("saffron threads for Saudi Arabia", {"text": "saffron threads", "country": "SA"}),
        ("safran, vers l'Allemagne", {"text": "safran", "country": "DE"}),
        ("20 kg saffron to Japan", {"text": "saffron", "quantity": "20", "unit": "kg", "country": "JP"}),
        ("saffron to Europe", {"text": "saffron to Europe"}),
        ("bicycle", {"text": "bicycle"}),
    ],
)
def test_country_that_is_filled_in_is_no_part_of_the_name(typed, wish):
    assert wish_of(typed) == wish
