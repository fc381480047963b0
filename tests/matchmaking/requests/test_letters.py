"""Letters about a request, in the language of whoever reads them."""

import pytest

from matchmaking.parties.actions import name_delegate
from matchmaking.requests.actions import accept, counter, decline, remove_message, withdraw
from matchmaking.requests.states import DeclineReason
from moussem.core.models import OutboxMessage
from tests.factories.trade import member_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LANGUAGES = ("en", "fr", "ar")


def sent():
    """The letter that was posted last."""
    return OutboxMessage.objects.latest("pk").payload


@pytest.fixture(params=LANGUAGES)
def language(fair, request):
    """Both sides read this language."""
    for person in (fair.buys, fair.sells):
        person.language = request.param
        person.save()
    return request.param


def test_the_link_of_a_letter_leads_to_the_request_in_the_reader_s_language(fair, asks, language):
    request = asks()

    assert f"/{language}/fairs/{fair.edition.slug}/meetings/requests/{request.pk}/" in sent()["body"]


def test_a_letter_names_what_the_meeting_is_about_with_its_quantity(fair, asks, language):
    fair.product.texts.update_or_create(language=language, defaults={"title": f"Title {language}"})

    asks()

    assert f"Title {language}" in sent()["body"]
    assert "20" in sent()["body"] and "2E+1" not in sent()["body"]


def test_every_letter_is_written_and_carries_no_markup(fair, asks, language):
    fair.exporter.organisation.name = fair.exporter.organisation.name_ar = "Miel & Cie"
    fair.exporter.organisation.save()
    request = asks(message="<b>Hello</b>")
    told = [sent()]
    remove_message(request.messages.get(), actor=fair.organiser)
    counter(request, actor=fair.sells, lines=[{"product": fair.product}])
    told.append(sent())
    accept(request, actor=fair.buys, answer="Tea & dates")
    told.append(sent())
    withdraw(request, actor=fair.buys, reason="Ill & tired")
    told.append(sent())
    decline(asks(), actor=fair.sells, reason=DeclineReason.TIME)
    told.append(sent())

    assert [one["to"] for one in told] == [
        one.email for one in (fair.sells, fair.buys, fair.sells, fair.sells, fair.buys)
    ]
    assert [one for one in told if "&amp;" in one["body"] + one["subject"] or "<" in one["body"]] == []
    assert "Tea & dates" in told[2]["body"] and "Ill & tired" in told[3]["body"]


def test_everybody_who_meets_for_a_party_is_written_to(fair, asks):
    colleague = member_of(fair.exporter.organisation, "sales").user
    name_delegate(fair.exporter, actor=fair.sells, person=colleague)
    OutboxMessage.objects.all().delete()

    asks()

    assert {one.payload["to"] for one in OutboxMessage.objects.all()} == {fair.sells.email, colleague.email}


def test_a_letter_of_an_acceptance_tells_a_proposal_from_a_request(fair, asks):
    accept(asks(), actor=fair.sells)
    assert "Your request was accepted." in sent()["body"]
    withdraw(fair.buyer.requests_to_buy.get(), actor=fair.buys)
    countered = counter(asks(), actor=fair.sells, lines=[{"product": fair.product}])

    accept(countered, actor=fair.buys)

    assert sent()["to"] == fair.sells.email
    assert "Your proposal was accepted." in sent()["body"]
