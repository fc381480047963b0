"""The organiser's pages of a selection."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fairs.applications.actions import withdraw_application
from fairs.applications.deadlines import closes_at
from fairs.selection.actions import decide, digest_of, fill_places, propose, refuse_waiting
from fairs.selection.states import Group
from moussem.core.models import LogEntry
from tests.factories.fairs import ApplicationFactory, who_applies, who_runs
from tests.factories.organisations import MembershipFactory
from tests.factories.regions import RegionFactory
from tests.factories.selection import judged, judging
from tests.sent_forms import send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def address(name, edition, *more):
    return reverse(f"fairs:{name}", args=[edition.slug, *more])


def decided(edition):
    ranked, outcome, *_rest = propose(edition)
    return decide(edition, actor=who_runs(edition), seen=digest_of(ranked, outcome))


def test_ranks_are_paged_and_keep_their_numbers(client):
    edition = judging(places=52)
    ApplicationFactory.create_batch(53, edition=edition, sent=True, products=[])
    client.force_login(who_runs(edition))

    first, second = (client.get(address("selection", edition), {"page": page}) for page in (1, 2))

    assert [rank for rank, _one, _in in first.context["ranked"]] == list(range(1, 51))
    assert [(rank, is_in) for rank, _one, is_in in second.context["ranked"]] == [
        (51, True),
        (52, True),
        (53, False),
    ]
    assert first.context["seen"] == second.context["seen"]


def test_application_without_a_review_has_no_score(client):
    edition = judging(places=2)
    strong = judged(edition, 3)
    unread = ApplicationFactory(edition=edition, sent=True)
    client.force_login(who_runs(edition))

    answer = client.get(address("selection", edition))

    assert [one.application for _rank, one, _in in answer.context["ranked"]] == [strong, unread]
    assert re.findall(r'<td class="ranks__score">(–|<meter)', answer.content.decode()) == ["<meter", "–"]


def test_decision_says_how_many_who_waited_were_refused_when_the_list_closed(client):
    edition = judging(places=1)
    judged(edition, 3), judged(edition, 2), judged(edition, 1)
    decided(edition)
    client.force_login(who_runs(edition))
    before = client.get(address("decided", edition)).context["decisions"]

    refuse_waiting(edition, actor=who_runs(edition))

    after = client.get(address("decided", edition)).context["decisions"]
    assert ([many for _entry, many in before], [many for _entry, many in after]) == ([0], [2])


def test_decided_edition_shows_everybody_by_decision_with_rank_score_and_letter(client):
    edition = judging(places=2)
    weak, strong, middle = judged(edition, 1), judged(edition, 3), judged(edition, 2)
    ApplicationFactory(edition=edition)
    decided(edition)
    withdraw_application(middle, actor=who_applies(middle))
    client.force_login(who_runs(edition))

    page = client.get(address("selection", edition), follow=True)
    waiting = client.get(address("decided", edition), {"decision": "waiting"})

    shown = [(one.standing.application, one.logged.rank, one.score) for one in page.context["decided"]]
    assert shown == [(strong, 1, 100.0), (weak, 3, 33.3), (middle, 2, 66.7)]
    assert [one.letter_at.date() for one in page.context["decided"]] == [
        one.at.date() for one in LogEntry.objects.filter(verb="letter_written")
    ]
    assert [one.standing.application for one in waiting.context["decided"]] == [weak]
    assert [choice[::2] for choice in page.context["choices"]] == [
        ("", 3),
        ("accepted", 1),
        ("waiting", 1),
        ("withdrawn", 1),
    ]


def test_who_has_nobody_to_read_a_letter_has_no_letter(client):
    edition = judging(places=1)
    alone = judged(edition, 3)
    alone.organisation.memberships.all().delete()
    decided(edition)
    client.force_login(who_runs(edition))

    assert [one.letter_at for one in client.get(address("decided", edition)).context["decided"]] == [None]


@pytest.mark.parametrize("is_partly_decided", [False, True])
@pytest.mark.parametrize("applicants", [1, 3])
def test_ranks_take_as_many_queries_partly_decided_as_undecided(
    client, applicants, is_partly_decided, django_assert_num_queries
):
    edition = judging(places=1)
    edition.selection.quotas.create(group=Group.WOMEN_LED, least=1)
    edition.selection.quotas.create(group=Group.REGION, region=RegionFactory(), least=1)
    for _number in range(applicants if is_partly_decided else 0):
        judged(edition, 2)
    if is_partly_decided:
        decided(edition)
    for _number in range(applicants):
        judged(edition, 2)
    client.force_login(who_runs(edition))

    with django_assert_num_queries(18):
        client.get(address("selection", edition))


@pytest.mark.parametrize(("page", "queries"), [("selection", 17), ("decided", 18)])
@pytest.mark.parametrize("applicants", [1, 3])
def test_selection_takes_as_many_queries_for_three_as_for_one(
    client, applicants, page, queries, django_assert_num_queries
):
    edition = judging(places=1)
    for _number in range(applicants):
        judged(edition, 2)
    decided(edition)
    for _number in range(applicants):
        judged(edition, 2)
    client.force_login(who_runs(edition))

    with django_assert_num_queries(queries):
        client.get(address(page, edition))


def test_decision_is_replayed_from_its_log_on_a_page(client):
    edition = judging(places=1)
    strong, weak = judged(edition, 3), judged(edition, 1)
    decided(edition)
    client.force_login(who_runs(edition))
    entry = LogEntry.objects.get(verb="decided")
    there = address("replay", edition, entry.pk)
    assert there in client.get(address("decided", edition)).content.decode()
    assert client.get(there).context["same"]

    entry.facts["accepted"], entry.facts["waiting"] = [weak.pk], [strong.pk]
    entry.save()

    page = client.get(there)
    assert not page.context["same"]
    assert [(one.key, one.then, one.now) for one in page.context["differing"]] == [
        (strong.pk, ("waiting", 1), ("accepted", 1)),
        (weak.pk, ("accepted", 1), ("waiting", 1)),
    ]
    assert "It comes out otherwise for <bdi>2</bdi> applications." in page.content.decode()


def test_decision_of_another_edition_and_of_a_stranger_is_not_found(client):
    edition, other = judging(places=1), judging(places=1)
    for one in (edition, other):
        judged(one, 3)
        decided(one)
    entry = LogEntry.objects.filter(verb="decided").first()
    client.force_login(who_runs(other))
    assert client.get(address("replay", other, entry.pk)).status_code == 404
    client.force_login(MembershipFactory().user)
    assert client.get(address("replay", edition, entry.pk)).status_code == 404


def test_open_call_says_from_when_it_can_be_decided_instead_of_offering_it(client):
    edition = judging(places=1)
    judged(edition, 3)
    last_day = timezone.localdate() + timedelta(days=3)
    edition.deadlines.update(last_day=last_day)
    client.force_login(who_runs(edition))

    page = client.get(address("selection", edition))

    assert page.context["decided_from"] == closes_at(last_day, edition.time_zone)
    assert address("decide", edition) not in page.content.decode()
    edition.deadlines.update(last_day=timezone.localdate() - timedelta(days=3))
    assert address("decide", edition) in client.get(address("selection", edition)).content.decode()


def test_selection_offers_no_decision_before_every_application_is_judged(client):
    edition = judging(places=1)
    ApplicationFactory(edition=edition, sent=True)
    client.force_login(who_runs(edition))

    page = client.get(address("selection", edition)).content.decode()

    assert "<bdi>1</bdi> application has fewer than 2 reviews." in page
    assert address("decide", edition) not in page


def test_places_and_quotas_are_filled_by_who_is_proposed(client):
    edition = judging(places=2)
    edition.selection.quotas.create(group="women_led", least=2)
    judged(edition, 3, women_led=True), judged(edition, 2), judged(edition, 1)
    client.force_login(who_runs(edition))

    rows = client.get(address("selection", edition)).context["filled"]

    assert [(row.reached, row.of) for row in rows] == [(2, 2), (1, 2)]


@pytest.mark.parametrize(
    ("weight", "said"),
    [
        ("60", ("The weights add up to 100.", True)),
        ("50", ("The weights add up to 90: 10 are missing to 100.", False)),
        ("75", ("The weights add up to 115: 15 more than 100.", False)),
        ("much", ("The weights add up to 40: 60 are missing to 100.", False)),
    ],
)
def test_sum_of_the_weights_is_a_sentence_and_what_was_typed_stays(client, weight, said):
    edition = judging()
    client.force_login(who_runs(edition))

    answer = send(client, address("rubric", edition), {"weight-0": weight})

    if said[1]:
        assert answer.status_code == 302
        return
    form = answer.context["form"]
    assert (form.sum_said, form["weight-0"].value()) == (said, weight)
    assert sorted(one.weight for one in edition.rubrics.get().criteria.all()) == [40, 60]


def test_quotas_larger_than_the_places_are_refused_by_their_fields(client):
    edition = judging(places=4)
    client.force_login(who_runs(edition))
    typed = {"places": "2", "women_led": "5", "first_time": "3", "remote": "1"}

    answer = client.post(address("plan_selection", edition), typed)

    said = ["A quota cannot be larger than the number of exhibitors."]
    assert answer.context["form"].errors == {"women_led": said, "first_time": said}
    assert (edition.selection.places, edition.selection.quotas.count()) == (4, 0)


def test_waiting_list_that_filled_a_place_says_so_and_keeps_the_ranks_of_the_jury(client):
    edition = judging(places=2)
    first, second, third, fourth = (judged(edition, score) for score in (3, 2.5, 2, 1))
    decided(edition)
    withdraw_application(second, actor=who_applies(second))
    fill_places(edition)
    client.force_login(who_runs(edition))
    entry = LogEntry.objects.get(verb="places_filled")

    page, again = (client.get(address(*one)) for one in (("decided", edition), ("replay", edition, entry.pk)))
    ranks = client.get(address("selection", edition), {"show": "ranks"})

    shown = [(one.standing.application, one.logged.rank) for one in page.context["decided"]]
    assert shown == [(first, 1), (third, 3), (fourth, 4), (second, 2)]
    assert page.context["was_decided"] == ranks.context["was_decided"] == 4
    for answer in (page, again):
        assert "None" not in answer.content.decode()
        assert "by the waiting list itself" in answer.content.decode()


def test_decision_is_asked_for_with_its_letters_and_the_equals_at_the_line(client):
    edition = judging(places=1)
    early, late, last = judged(edition, 3), judged(edition, 3), judged(edition, 1)
    client.force_login(who_runs(edition))

    page = client.get(address("selection", edition))

    assert page.context["equals"] == [early, late]
    assert [(first, count) for first, count, _text in page.context["letters"]] == [(early, 1), (late, 2)]
    assert page.context["letters"][0][2].startswith("You exhibit at ")
    assert last not in page.context["equals"]
    assert "<summary>Decide and write to all</summary>" in page.content.decode()
