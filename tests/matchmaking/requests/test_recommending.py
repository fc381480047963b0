"""Recommendations are reckoned for an edition at a time, kept, read, and reckoned anew where facts change."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from matchmaking.models import Party, Reckoning, Recommendation
from matchmaking.parties.actions import advance_matching, change_party, leave_meetings
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import ask, recommend_at, wish
from matchmaking.requests.affinities import profiles_of
from matchmaking.requests.choices import who_to_ask
from matchmaking.requests.recommended import to_reckon
from matchmaking.requests.tasks import recommend_anew
from matchmaking.scoring.reasons import Code, Standing
from moussem.core.log import record
from moussem.regions.models import Country
from moussem.trade.order.models import Order
from moussem.trade.order.states import OrderState
from tests.factories.catalogue import ProductFactory
from tests.factories.fairs import EditionFactory
from tests.factories.guests import buyer as comes_to_buy
from tests.factories.matchmaking import buyer_at, exporter_at, meeting_edition, organiser_of, speaker_of
from tests.factories.shipping import freight_rate
from tests.factories.trade import member_of, placed_order

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def offers(exporter, family, made=500):
    return ProductFactory(
        organisation=exporter.organisation, product_class=family, unit="kg", capacity_per_year=made, moq=1
    )


@pytest.fixture
def suited(fair):
    """Three exporters of what the buyer comes for, each with more of it than the one before."""
    family = fair.edition.guests.get().needs.get().family
    exporters = [exporter_at(fair.edition) for _ in range(3)]
    for one, made in zip(exporters, (100, 250, 500), strict=True):
        offers(one, family, made)
    return SimpleNamespace(**vars(fair), family=family, exporters=exporters)


def kept_for(party):
    return [one.other for one in party.recommendations.select_related("other")]


def proposed_to(party):
    return [one.party for one in who_to_ask(party, 9)]


def test_recommendations_are_reckoned_as_asking_opens(django_capture_on_commit_callbacks):
    edition = EditionFactory(announced=True)
    guest = comes_to_buy(edition)
    with django_capture_on_commit_callbacks(execute=True):
        advance_matching(edition, MatchingState.ASKING, actor=organiser_of(edition))
    assert Recommendation.objects.count() == 0
    exporter = exporter_at(edition)
    offers(exporter, guest.needs.get().family)

    with django_capture_on_commit_callbacks(execute=True):
        advance_matching(edition, MatchingState.LIVE, actor=organiser_of(edition))
        advance_matching(edition, MatchingState.ASKING, actor=organiser_of(edition))

    told = Recommendation.objects.values_list("party__side", "other__side", "rank")
    assert sorted(told) == [("buyer", "exporter", 0), ("exporter", "buyer", 0)]


def test_proposals_are_read_in_the_order_in_which_they_were_reckoned(suited):
    assert recommend_at(suited.edition) == 6
    assert kept_for(suited.buyer) == suited.exporters[::-1] == proposed_to(suited.buyer)
    assert proposed_to(suited.exporters[0]) == [suited.buyer]
    # As an exposure floor may put it.
    first, second, third = suited.buyer.recommendations.all()
    for rank, one in enumerate((second, third, first)):
        one.rank = rank
        one.save()

    assert proposed_to(suited.buyer) == [second.other, third.other, first.other]
    wish(suited.buyer, first.other, actor=suited.buys, is_wanted=True)
    assert proposed_to(suited.buyer) == [first.other, second.other, third.other]


def test_who_came_a_minute_ago_is_proposed_a_few_at_once(suited):
    recommend_at(suited.edition)
    new = buyer_at(suited.edition)
    need = suited.edition.guests.get(organisation=new.organisation).needs.get()
    need.family = suited.family
    need.save()

    assert kept_for(new) == []
    assert proposed_to(new) == suited.exporters[::-1]


def test_whom_one_had_a_request_with_is_recommended_to_neither_and_who_left_to_nobody(suited):
    asked, left, stays = suited.exporters
    ask(suited.buyer, asked, actor=suited.buys, lines=[{"family": suited.family}])
    leave_meetings(left, actor=speaker_of(left))

    recommend_at(suited.edition)

    assert kept_for(suited.buyer) == [stays]
    assert kept_for(asked) == kept_for(left) == []


def test_an_organisation_is_never_recommended_to_itself(suited):
    both = suited.exporters[2]
    own = Party.objects.create(edition=suited.edition, organisation=both.organisation, side="buyer")

    recommend_at(suited.edition)

    assert both in kept_for(suited.buyer)
    assert both not in kept_for(own)


def test_no_thanks_shows_in_no_list_of_the_other_side(suited):
    best = suited.exporters[2]
    wish(best, suited.buyer, actor=speaker_of(best), is_wanted=False)

    recommend_at(suited.edition)

    assert proposed_to(suited.buyer)[0] == best
    assert proposed_to(best) == []


def test_nobody_who_fits_is_left_out_of_every_list_of_an_edition(suited):
    buyers = [suited.buyer, *(buyer_at(suited.edition) for _ in range(3))]
    for guest in suited.edition.guests.all():
        guest.needs.update(family=suited.family)
    exporters = [*suited.exporters, *(exporter_at(suited.edition) for _ in range(22))]
    for number, one in enumerate(exporters[3:]):
        offers(one, suited.family, 400 - number)

    recommend_at(suited.edition)

    shown = {other.pk for party in buyers for other in kept_for(party)}
    assert all(len(kept_for(party)) == 20 for party in buyers)
    assert shown == {one.pk for one in exporters}


def seen_by_all_at(edition, parties):
    """Parties that were recommended, each to all of them, at another edition."""
    told = [(one.organisation, side) for side in ("buyer", "exporter") for one in parties]
    rows = [Party(edition=edition, organisation=organisation, side=side) for organisation, side in told]
    there = Party.objects.bulk_create(rows)
    own, others = there[: len(parties)], there[len(parties) :]
    Recommendation.objects.bulk_create(
        Recommendation(edition=edition, party=one, other=other, rank=rank, score=0.5)
        for one in own
        for rank, other in enumerate(others)
    )


def test_of_those_who_were_recommended_often_before_the_best_leave_places_to_newcomers(suited):
    exporters = [*suited.exporters[::-1], *(exporter_at(suited.edition) for _ in range(21))]
    for number, one in enumerate(exporters[3:]):
        offers(one, suited.family, 99 - number)
    recommend_at(suited.edition)
    assert kept_for(suited.buyer) == exporters[:20]

    seen_by_all_at(meeting_edition(), exporters[:20])
    recommend_at(suited.edition)

    assert set(kept_for(suited.buyer)) == {*exporters[:16], *exporters[20:]}


def test_reckoning_asks_as_much_for_one_exporter_as_for_three(suited, django_assert_max_num_queries):
    for one in suited.exporters[1:]:
        Party.objects.filter(pk=one.pk).update(left_at=timezone.now())
    recommend_at(suited.edition)
    with django_assert_max_num_queries(40) as one:
        recommend_at(suited.edition)
    Party.objects.update(left_at=None)

    with django_assert_max_num_queries(len(one.captured_queries)):
        recommend_at(suited.edition)


@pytest.mark.parametrize(
    ("changes", "is_other"),
    [
        (lambda fair: record("details.changed", fair.product, actor=None), True),
        (lambda fair: record("added_needs", fair.edition.guests.get(), actor=None), True),
        (lambda fair: change_party(fair.buyer, actor=fair.buys, languages=["de"]), True),
        (lambda fair: record("planned", fair.edition, actor=None), True),
        (lambda fair: wish(fair.buyer, fair.exporter, actor=fair.buys, is_wanted=True), False),
        (lambda fair: record("details.changed", ProductFactory(), actor=None), False),
        (lambda fair: record("tables_laid", fair.edition, actor=None), False),
    ],
    ids=["product", "guest", "party", "days", "wish", "product of a stranger", "tables"],
)
def test_an_edition_is_reckoned_anew_once_a_fact_of_it_is_another_one(fair, changes, is_other):
    assert list(to_reckon()) == [fair.edition]
    recommend_anew()
    assert list(to_reckon()) == []

    changes(fair)

    assert list(to_reckon()) == ([fair.edition] if is_other else [])
    recommend_anew()
    assert list(to_reckon()) == []


def test_a_reckoning_holds_for_a_day_and_only_while_requests_are_taken(fair):
    recommend_at(fair.edition)
    later = timezone.now() + timedelta(days=1, minutes=1)
    assert list(to_reckon(later)) == [fair.edition]

    advance_matching(fair.edition, MatchingState.ENDED, actor=fair.organiser)

    assert list(to_reckon(later)) == []


def test_who_read_less_of_the_log_does_not_write_over_who_read_more(suited):
    recommend_at(suited.edition)
    Reckoning.objects.update(last_entry=10**9)
    leave_meetings(suited.exporters[0], actor=speaker_of(suited.exporters[0]))

    assert recommend_at(suited.edition) == 0
    assert len(kept_for(suited.buyer)) == 3


def told_between(fair):
    found = profiles_of(fair.edition, [fair.buyer, fair.exporter]).of(fair.buyer, fair.exporter)
    asked = (Code.INCOTERM, Code.MARKET, Code.PAYMENT)
    return {one.code: one.standing for one in found.reasons if one.code in asked}


def test_terms_that_the_marketplace_knows_are_reasons_and_others_are_unknown(fair):
    guest = fair.edition.guests.get()
    guest.incoterm = "DAP"
    guest.save()
    seller = fair.exporter.organisation
    unknown = dict.fromkeys((Code.INCOTERM, Code.MARKET, Code.PAYMENT), Standing.UNKNOWN)
    assert told_between(fair) == unknown

    freight_rate(seller, "FCA")
    assert told_between(fair) == unknown | {Code.INCOTERM: Standing.SHORT}
    # A rate to one country says nothing of the others.
    elsewhere = Country.objects.exclude(pk=fair.buyer.organisation.country_id).first()
    freight_rate(seller, "CIP", country=elsewhere)
    assert told_between(fair) == unknown | {Code.INCOTERM: Standing.SHORT}
    freight_rate(seller, "DAP", country=fair.buyer.organisation.country)
    assert told_between(fair) == unknown | {Code.INCOTERM: Standing.MET, Code.MARKET: Standing.MET}


def test_an_order_that_arrived_tells_where_a_seller_sells_and_how_a_buyer_pays(fair):
    order = placed_order(seller_side=member_of(fair.exporter.organisation))
    Order.objects.filter(pk=order.pk).update(status=OrderState.DELIVERED, buyer=fair.buyer.organisation)

    told = told_between(fair)

    assert (told[Code.MARKET], told[Code.PAYMENT]) == (Standing.MET, Standing.MET)
