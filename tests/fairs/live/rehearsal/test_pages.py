"""The pages of rehearsals and of readiness, without script, and for whom each of them exists."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from fairs.editions.todo import agendas_of
from fairs.floor.models import BoothStaff
from fairs.live.calling import keep_check
from fairs.live.models import LiveEntry
from fairs.live.rehearsal.actions import begin_rehearsal
from fairs.live.rehearsal.models import Rehearsal
from fairs.live.rehearsal.queries import readiness_by_exhibitor
from fairs.live.stands.models import StandHours
from moussem.organisations.states import Kind, Role, Verification
from tests.factories.floor import exhibitor
from tests.factories.organisations import MembershipFactory, ProxyConsentFactory
from tests.factories.people import UserFactory
from tests.factories.regions import RegionFactory
from tests.factories.rehearsal import GOOD, rehearsed, stand_with_goods
from tests.factories.sessions import ProgrammeEditionFactory, attendee, organiser

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def stand():
    return stand_with_goods()


def at(name, stand, *args):
    return reverse(f"fairs:{name}", args=[stand.edition.slug, *args])


def body_of(answer):
    return answer.content.decode()


def chamber_of(region, **told):
    """Somebody who works for the chamber of a region."""
    body = {"kind": Kind.CHAMBER, "province": None, "region": region, **told}
    made = {f"organisation__{name}": value for name, value in body.items()}
    return MembershipFactory(role=Role.VIEWER, **made).user


def test_rehearsal_is_gone_through_without_script(client, stand):
    client.force_login(stand.owner)
    assert "Begin the rehearsal" in body_of(client.get(at("rehearsal", stand)))

    talk = client.post(at("begin_rehearsal", stand)).url
    for text in GOOD:
        assert client.post(talk, {"do": "chat.say", "uuid": str(uuid4()), "text": text}).status_code == 302

    said, own = body_of(client.get(talk)), body_of(client.get(at("rehearsal", stand)))
    assert ("<bdi>Practice buyer</bdi>" in said, "Every answer was to the point." in said) == (True, True)
    assert ("20 / 20" in own, "<bdi>5</bdi> of <bdi>5</bdi> answers to the point" in own) == (True, True)


def test_empty_answer_is_refused_and_asks_nothing_more(client, stand):
    rehearsal = begin_rehearsal(stand, actor=stand.owner)
    client.force_login(stand.owner)

    page = at("rehearsal_talk", stand, rehearsal.room_id)
    answer = client.post(page, {"do": "chat.say", "uuid": str(uuid4()), "text": " "})

    assert (answer.status_code, LiveEntry.objects.count()) == (400, 2)
    assert "“Your message” is missing" in body_of(answer)


def test_rehearsal_without_goods_says_what_to_do(client):
    bare = exhibitor(ProgrammeEditionFactory())
    client.force_login(bare.owner)

    answer = client.post(at("begin_rehearsal", bare), follow=True)

    assert (Rehearsal.objects.count(), "none of yours is on offer" in body_of(answer)) == (0, True)


def test_rehearsal_is_broken_off_and_gives_no_points(client, stand):
    rehearsal = begin_rehearsal(stand, actor=stand.owner)
    client.force_login(stand.owner)

    client.post(at("end_rehearsal", stand, rehearsal.room_id))

    rehearsal.refresh_from_db()
    assert (rehearsal.is_over, "0 / 20" in body_of(client.get(at("rehearsal", stand)))) == (True, True)


@pytest.mark.parametrize("name", ["rehearsal", "begin_rehearsal", "rehearsal_talk", "end_rehearsal"])
def test_rehearsal_exists_for_nobody_but_its_own_people(client, stand, name):
    rehearsal = begin_rehearsal(stand, actor=stand.owner)
    args = [rehearsal.room_id] if name in ("rehearsal_talk", "end_rehearsal") else []
    others = [attendee(stand.edition), organiser(stand.edition), UserFactory()]
    if args:
        others.append(stand_with_goods(stand.edition).owner)
    others.append(chamber_of(stand.organisation.region))

    for one in others:
        client.force_login(one)
        page, posted = client.get(at(name, stand, *args)), client.post(at(name, stand, *args))
        assert (page.status_code in (404, 405), posted.status_code in (404, 405)) == (True, True)
    rehearsal.refresh_from_db()
    assert (rehearsal.is_over, Rehearsal.objects.count(), LiveEntry.objects.count()) == (False, 1, 2)


def test_rehearsal_is_found_under_its_own_edition_alone(client, stand):
    rehearsal = begin_rehearsal(stand, actor=stand.owner)
    client.force_login(stand.owner)
    other = exhibitor(ProgrammeEditionFactory(), membership=stand.organisation.memberships.get())

    assert client.get(at("rehearsal_talk", other, rehearsal.room_id)).status_code == 404


def test_organiser_reads_who_is_least_ready_and_nothing_that_was_said(client, stand):
    bare = exhibitor(stand.edition)
    stand_with_goods()
    rehearsed(stand, "My secret is 500 g", *GOOD[1:])
    client.force_login(organiser(stand.edition))

    page = client.get(at("readiness", stand))

    assert [one.exhibitor for one in page.context["rows"]] == [bare, stand]
    assert [one.readiness.score for one in page.context["rows"]] == [0, 45]
    assert (bare.organisation.email in body_of(page), "My secret" in body_of(page)) == (True, False)


def test_list_of_the_organiser_exists_for_nobody_else(client, stand):
    for one in (stand.owner, organiser(ProgrammeEditionFactory()), attendee(stand.edition), UserFactory()):
        client.force_login(one)
        assert client.get(at("readiness", stand)).status_code == 404


def test_delegate_reads_of_the_region_and_of_those_who_consented(client, stand):
    elsewhere = RegionFactory(code="MA-08")
    far = exhibitor(stand.edition, membership=MembershipFactory(organisation__region=elsewhere))
    exhibitor(ProgrammeEditionFactory())
    delegate = chamber_of(stand.organisation.region)
    client.force_login(delegate)
    page = client.get(at("region_readiness", stand))
    assert [one.exhibitor for one in page.context["rows"]] == [stand]
    assert far.organisation.label not in body_of(page)

    proxy = MembershipFactory(user=delegate, organisation=far.organisation, role=Role.DELEGATE)
    consent = ProxyConsentFactory(membership=proxy)
    rows = client.get(at("region_readiness", stand)).context["rows"]
    assert {one.exhibitor for one in rows} == {stand, far}

    consent.revoked_at = timezone.now()
    consent.save()
    rows = client.get(at("region_readiness", stand)).context["rows"]
    assert {one.exhibitor for one in rows} == {stand}


def test_list_of_a_region_exists_for_nobody_who_accompanies_nobody(client, stand):
    region = stand.organisation.region
    others = [
        stand.owner,
        chamber_of(RegionFactory(code="MA-08")),
        chamber_of(None),
        chamber_of(region, verification=Verification.DECLARED),
        chamber_of(region, kind=Kind.BANK),
        attendee(stand.edition),
    ]

    for one in others:
        client.force_login(one)
        assert client.get(at("region_readiness", stand)).status_code == 404
        assert "Exhibitors you accompany" not in body_of(client.get(at("edition", stand)))
    client.logout()
    assert client.get(at("region_readiness", stand)).status_code == 302


def test_who_accompanies_finds_the_list_on_the_page_of_the_edition(client, stand):
    client.force_login(chamber_of(stand.organisation.region))

    assert at("region_readiness", stand) in body_of(client.get(at("edition", stand)))


@pytest.mark.parametrize("many", [1, 3])
def test_readiness_of_many_asks_as_often_as_that_of_one(many, django_assert_num_queries):
    edition = ProgrammeEditionFactory()
    stands = [stand_with_goods(edition) for _number in range(many)]
    for one in stands:
        rehearsed(one)

    with django_assert_num_queries(6):
        found = readiness_by_exhibitor(stands)

    assert [one.score for one in found.values()] == [45] * many


def test_facts_of_a_stand_are_counted_and_those_of_others_are_not(stand):
    other = stand_with_goods(stand.edition)
    for one, languages in ((stand, ["ar", "fr"]), (other, ["ar"])):
        BoothStaff.objects.create(exhibitor=one, name="Amina", languages=languages)
    keep_check(stand.owner, microphone=True, direct=True)
    keep_check(other.owner, microphone=True)
    later = timezone.now() + timedelta(days=15)

    found = readiness_by_exhibitor([stand, other])

    assert (found[stand.pk].score, found[other.pk].score) == (55, 35)
    assert readiness_by_exhibitor([stand], later)[stand.pk].score == 40


def test_hours_are_kept_shown_to_visitors_and_counted(client, stand):
    day = stand.edition.days.first().on
    client.force_login(stand.owner)

    client.post(at("stand_hours", stand), {f"opens-{day}": "10:00", f"closes-{day}": "12:00"})

    kept = StandHours.objects.get()
    assert (kept.on, f"{kept.opens:%H:%M}", f"{kept.closes:%H:%M}") == (day, "10:00", "12:00")
    assert "5 / 5" in body_of(client.get(at("rehearsal", stand)))
    client.force_login(attendee(stand.edition))
    assert "10:00–12:00" in body_of(client.get(at("stand", stand, stand.pk)))


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [
        ("12:00", "10:00", "must come after"),
        ("10:00", "", "Write the hour."),
        ("", "10:00", "Write the hour."),
        ("08:00", "10:00", "open from 09:00 to 18:00"),
        ("noon", "18:00", "Write an hour such as"),
    ],
)
def test_wrong_hours_change_nothing(client, stand, opens, closes, said):
    day = stand.edition.days.first().on
    client.force_login(stand.owner)
    client.post(at("stand_hours", stand), {f"opens-{day}": "10:00", f"closes-{day}": "12:00"})

    answer = client.post(at("stand_hours", stand), {f"opens-{day}": opens, f"closes-{day}": closes})

    assert (answer.status_code, said in body_of(answer)) == (200, True)
    assert f"{StandHours.objects.get().opens:%H:%M}" == "10:00"


@pytest.mark.parametrize("who", ["attendee", "organiser"])
def test_hours_of_a_stand_are_its_own_peoples(client, stand, who):
    client.force_login({"attendee": attendee, "organiser": organiser}[who](stand.edition))

    assert client.get(at("stand_hours", stand)).status_code == 404
    assert client.post(at("stand_hours", stand), {}).status_code == 404


def test_organiser_is_told_of_those_who_have_not_rehearsed(stand):
    exhibitor(stand.edition)
    rehearsed(stand)
    agenda = agendas_of([stand.edition])[stand.edition.pk]

    (todo,) = [one for one in agenda.later if one.address == "fairs:readiness"]

    assert (todo.count, todo.due - todo.begins) == (1, timedelta(days=14))
