"""What meetings hang at booths, beside products and on the page of an edition."""

import pytest
from django.urls import reverse

from fairs.editions.states import EditionState, Mode
from fairs.guests.states import GuestState
from fairs.models import Edition, Exhibitor, Guest
from matchmaking.models import Matching
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import ask
from tests.factories.catalogue import ProductFactory
from tests.factories.fairs import EditionFactory
from tests.factories.guests import buyer as admitted_buyer
from tests.factories.guests import buyer_member
from tests.factories.matchmaking import buyer_at, exporter_at, meeting_edition, speaker_of
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def edition():
    # On a screen exhibitors are shown without a booth.
    return meeting_edition(mode=Mode.DIGITAL)


@pytest.fixture
def exporter(edition):
    return exporter_at(edition)


@pytest.fixture
def buyer(edition):
    return buyer_at(edition)


def booth_of(exporter):
    return reverse("fairs:exhibitor", args=[exporter.edition.slug, exporter.organisation.slug])


def read(client, address, who=None):
    if who:
        client.force_login(who)
    return client.get(address, follow=True).content.decode()


def way_to_ask(exporter):
    return reverse("matchmaking:ask", args=[exporter.edition.slug, exporter.pk])


def test_a_buyer_asks_for_a_meeting_or_a_sample_at_the_booth(client, exporter, buyer):
    page = read(client, booth_of(exporter), speaker_of(buyer))

    assert f'href="{way_to_ask(exporter)}"' in page
    assert f'href="{way_to_ask(exporter)}?sample=1"' in page


def way_to_enquire(exporter):
    return reverse("matchmaking:enquire", args=[exporter.edition.slug, exporter.pk])


def test_buyer_asks_a_question_at_the_booth_whatever_was_asked_before(client, exporter, buyer):
    assert way_to_enquire(exporter) in read(client, booth_of(exporter), speaker_of(buyer))
    lines = [{"product": ProductFactory(organisation=exporter.organisation)}]
    ask(buyer, exporter, actor=speaker_of(buyer), lines=lines)

    assert way_to_enquire(exporter) in read(client, booth_of(exporter))
    Matching.objects.update(reads_messages=True)
    assert way_to_enquire(exporter) not in read(client, booth_of(exporter))


def test_who_asked_already_is_led_to_the_request(client, exporter, buyer):
    product = ProductFactory(organisation=exporter.organisation)
    request = ask(buyer, exporter, actor=speaker_of(buyer), lines=[{"product": product}])
    there = reverse("matchmaking:request", args=[exporter.edition.slug, request.pk])

    for address in (booth_of(exporter), product.get_absolute_url()):
        page = read(client, address, speaker_of(buyer))
        assert (there in page, way_to_ask(exporter) in page) == (True, False)


def test_others_read_how_to_ask(client, exporter):
    assert "/account/login/?next=" in read(client, booth_of(exporter))
    register = reverse("fairs:register", args=[exporter.edition.slug])
    for who in (UserFactory(), buyer_member().user):
        assert register in read(client, booth_of(exporter), who)
    assert "Meet this exhibitor" not in read(client, booth_of(exporter), speaker_of(exporter))


@pytest.mark.parametrize("prepared", [True, False])
def test_admitted_buyer_reads_that_requests_are_not_open_yet(client, prepared):
    edition = EditionFactory(announced=True, mode=Mode.DIGITAL)
    seller = MembershipFactory().organisation
    Exhibitor.objects.create(edition=edition, organisation=seller)
    guest = admitted_buyer(edition)
    if prepared:
        Matching.objects.create(edition=edition)
    booth = reverse("fairs:exhibitor", args=[edition.slug, seller.slug])

    page = read(client, booth, guest.person)

    assert "Requests for meetings and samples are not open yet" in page
    assert reverse("fairs:register", args=[edition.slug]) not in page


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (GuestState.WAITING, "Your registration is being checked. Once you are admitted"),
        (GuestState.REFUSED, "Buyers who are admitted to this fair ask"),
    ],
)
def test_buyer_who_is_not_admitted_is_led_to_their_registration(client, exporter, state, told):
    guest = admitted_buyer(exporter.edition)
    Guest.objects.update(state=state)

    page = read(client, booth_of(exporter), guest.person)

    assert told in page
    assert reverse("fairs:registration", args=[exporter.edition.slug]) in page
    assert reverse("fairs:register", args=[exporter.edition.slug]) not in page


def test_nothing_is_asked_for_once_the_fair_is_over(client, exporter, buyer):
    Edition.objects.update(state=EditionState.CLOSED)

    assert "Meet this exhibitor" not in read(client, booth_of(exporter))
    assert "Meet this exhibitor" not in read(client, booth_of(exporter), speaker_of(buyer))


def test_nothing_is_offered_while_requests_are_closed(client, exporter, buyer):
    Matching.objects.update(state=MatchingState.PREPARING)
    product = ProductFactory(organisation=exporter.organisation)

    for address in (booth_of(exporter), product.get_absolute_url()):
        assert way_to_ask(exporter) not in read(client, address, speaker_of(buyer))


def test_a_product_leads_a_delegate_to_its_exporter_at_the_fair(client, exporter, buyer):
    product = ProductFactory(organisation=exporter.organisation)
    there = f"{way_to_ask(exporter)}?product={product.pk}"

    assert there in read(client, product.get_absolute_url(), speaker_of(buyer))
    elsewhere = speaker_of(buyer_at(meeting_edition()))
    for who in (buyer_member().user, elsewhere, speaker_of(exporter)):
        assert way_to_ask(exporter) not in read(client, product.get_absolute_url(), who)


def test_the_page_of_an_edition_counts_what_waits(client, exporter, buyer):
    lines = [{"product": ProductFactory(organisation=exporter.organisation)}]
    ask(exporter, buyer, actor=speaker_of(exporter), lines=lines)
    here = reverse("fairs:edition", args=[exporter.edition.slug])

    page = read(client, here, speaker_of(buyer))

    assert reverse("matchmaking:home", args=[exporter.edition.slug]) in page
    for who in (UserFactory(), buyer_member().user):
        assert "Your meetings" not in read(client, here, who)
    client.logout()
    assert "Your meetings" not in read(client, here)


def queries_about_meetings(queries):
    return sum("matchmaking_" in one["sql"] for one in queries)


def test_strangers_cost_nothing_and_buyers_one_query(client, exporter, buyer, django_assert_max_num_queries):
    product = ProductFactory(organisation=exporter.organisation)
    addresses = (booth_of(exporter), product.get_absolute_url())
    readers = (None, UserFactory(), buyer_member().user, speaker_of(buyer), speaker_of(exporter))
    asked = []
    for who in readers:
        for address in addresses:
            with django_assert_max_num_queries(100) as seen:
                read(client, address, who)
            asked.append(queries_about_meetings(seen.captured_queries))

    # A visitor, somebody of no organisation, a buyer who does not come, one who does, and a seller.
    assert asked == [0, 0, 1, 0, 1, 1, 1, 1, 0, 0]
