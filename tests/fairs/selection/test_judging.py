"""The rubric and its versions, the jury, and reviews that see no other."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fairs.applications.actions import send_application, take_back
from fairs.applications.states import ApplicationState
from fairs.editions.actions import clone_edition
from fairs.editions.errors import EditionOver, NotPlannedAnyMore
from fairs.editions.states import EditionState
from fairs.models import Juror, Review
from fairs.selection.actions import change_rubric, dismiss_juror, invite_juror, seed_rubric, send_review
from fairs.selection.errors import (
    AppliesToo,
    CannotBeJudged,
    NobodyThere,
    OwnApplication,
    ReviewerAlready,
    RivalInJury,
    ScoresMissing,
    WeightsNotHundred,
)
from fairs.selection.queries import (
    jury_of,
    left_to_judge,
    reviews_written,
    rubric_of,
    seat_of,
    standings,
    to_judge,
)
from fairs.selection.scored import explanation_of, scored_by_criterion
from moussem.core.errors import NotYours
from moussem.core.models import OutboxMessage
from moussem.organisations.states import Verification
from tests.factories.catalogue import CertificateFactory
from tests.factories.fairs import ApplicationFactory, EditionFactory, who_applies, who_runs
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory
from tests.factories.selection import judged, judging

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

BOTH = {"product": 2, "price": 1}


@pytest.fixture
def edition_judged():
    return judging(jurors=0)


def rival_at(edition, person=None, **application):
    """Somebody whose organisation applies to the edition."""
    applied = ApplicationFactory(edition=edition, **application)
    return MembershipFactory(user=person or UserFactory(), organisation=applied.organisation).user


def criteria(**weights):
    return [
        {"code": code, "weight": weight, "name_en": code, "name_fr": code, "name_ar": code}
        for code, weight in weights.items()
    ]


def test_first_rubric_has_the_eight_dimensions_of_the_readiness_grid():
    edition = EditionFactory()

    rubric = seed_rubric(edition, actor=who_runs(edition))

    weights = {one.code: one.weight for one in rubric.criteria.all()}
    assert (len(weights), sum(weights.values()), weights["product"]) == (8, 100, 20)
    assert seed_rubric(edition, actor=who_runs(edition)) == rubric


def test_rubric_that_reviews_used_gets_a_new_version_and_they_keep_theirs():
    edition = judging()
    application = judged(edition, 3)

    change_rubric(edition, actor=who_runs(edition), criteria=criteria(price=100))

    assert rubric_of(edition).version == 2
    assert {review.rubric.version for review in application.reviews.all()} == {1}


def test_rubric_that_nobody_used_is_changed_in_its_place():
    edition = judging()

    change_rubric(edition, actor=who_runs(edition), criteria=criteria(price=100))

    assert [(one.version, one.criteria.count()) for one in edition.rubrics.all()] == [(1, 1)]


def test_rubric_stands_once_the_doors_have_opened(refused):
    edition = judging()
    edition.state = EditionState.RUNNING
    edition.save()

    refused(NotPlannedAnyMore, change_rubric, edition, actor=who_runs(edition), criteria=criteria(price=100))

    assert {one.code for one in rubric_of(edition).criteria.all()} == {"product", "price"}


def test_weights_that_are_not_a_hundred_are_refused():
    edition = judging()

    with pytest.raises(WeightsNotHundred):
        change_rubric(edition, actor=who_runs(edition), criteria=criteria(price=60, product=50))
    assert {one.code for one in rubric_of(edition).criteria.all()} == {"product", "price"}


def test_reviewer_is_asked_by_address_once_and_written_to():
    edition, person = judging(jurors=0), UserFactory(email="jury@example.com")

    invite_juror(edition, actor=who_runs(edition), email="JURY@example.com")
    with pytest.raises(ReviewerAlready):
        invite_juror(edition, actor=who_runs(edition), email="jury@example.com")

    assert edition.jurors.get().person == person
    assert OutboxMessage.objects.get().payload["to"] == "jury@example.com"
    with pytest.raises(NobodyThere):
        invite_juror(edition, actor=who_runs(edition), email="nobody@example.com")


def test_reviewer_who_left_reads_nothing_more_and_may_come_back():
    edition = judging(jurors=1)
    juror = edition.jurors.get()

    dismiss_juror(juror, actor=who_runs(edition))
    assert seat_of(juror.person, edition.slug) is None
    invite_juror(edition, actor=who_runs(edition), email=juror.person.email)
    assert seat_of(juror.person, edition.slug) == juror


def test_reviewer_sees_only_their_own_review():
    edition = judging()
    application = judged(edition, 3)
    mine = edition.jurors.first()

    (read,) = to_judge(mine)

    assert read == application
    assert [review.juror for review in read.own_reviews] == [mine]


def test_review_sent_again_replaces_itself():
    edition = judging(jurors=1)
    juror, application = edition.jurors.get(), ApplicationFactory(edition=edition, sent=True)

    for score in (1, 3):
        scores = {"product": score, "price": score}
        send_review(application, juror=juror, actor=juror.person, scores=scores)

    assert Review.objects.get().scores == {"product": 3, "price": 3}


def test_reviews_of_what_was_sent_before_are_kept_and_count_no_more():
    edition = judging()
    edition.deadlines.update(last_day=edition.starts_on - timedelta(days=1))
    application = judged(edition, 3)
    mine, other = edition.jurors.all()
    Review.objects.filter(juror=other).update(has_conflict=True)

    take_back(application, actor=who_applies(application))
    send_application(application, actor=who_applies(application))

    application.refresh_from_db()
    (standing,) = standings(edition)
    assert (standing.judged.reviews, standing.is_complete, application.reviews.count()) == (0, False, 2)
    assert explanation_of(application) == []
    assert (left_to_judge(mine), left_to_judge(other)) == ({application.pk}, set())
    asked = [one for one in OutboxMessage.objects.all() if "again" in one.payload["subject"]]
    assert [one.payload["to"] for one in asked] == [mine.person.email]
    send_review(application, juror=mine, actor=mine.person, scores=BOTH)
    assert standings(edition)[0].judged.reviews == 1


def test_reviews_stand_side_by_side_and_say_where_reviewers_do_not_agree():
    edition = judging(jurors=3)
    application = judged(edition, 3)
    first, second, rival = application.reviews.order_by("pk")
    Review.objects.filter(pk=second.pk).update(scores={"product": 1, "price": 2})
    MembershipFactory(user=rival.juror.person, organisation=ApplicationFactory(edition=edition).organisation)

    scored = scored_by_criterion(list(reviews_written(application)))

    assert [(row.criterion.code, row.mean, row.apart, row.is_far_apart) for row in scored.rows] == [
        ("product", 2.0, 2, True),
        ("price", 2.5, 1, False),
    ]
    assert [given for _review, given in scored.rows[0].given] == [3, 1, 3]
    assert [(review, total) for review, total in scored.sums] == [(first, 100), (second, 46.7), (rival, 100)]
    assert (scored.score, scored.spread) == (73.3, 53.3)


def test_reviewer_is_told_to_read_again_and_scores_anew(client):
    edition = judging(jurors=1)
    application = judged(edition, 3)
    client.force_login(edition.jurors.get().person)
    type(application).objects.update(sent_at=timezone.now())

    listed = client.get(reverse("fairs:judge", args=[edition.slug])).content.decode()
    page = client.get(reverse("fairs:judge_one", args=[edition.slug, application.pk]))

    assert "sent again: read it again" in listed
    assert "was changed and sent again since your review" in page.content.decode()
    assert page.context["form"]["score-product"].initial is None


def refuses(refusal, application, juror, actor=None, scores=BOTH):
    with pytest.raises(refusal):
        send_review(application, juror=juror, actor=actor or juror.person, scores=scores)
    assert not Review.objects.exists()


def test_score_that_is_missing_or_off_the_scale_is_refused():
    edition = judging(jurors=1)
    application = ApplicationFactory(edition=edition, sent=True)

    refuses(ScoresMissing, application, edition.jurors.get(), scores={"product": 2})
    refuses(ScoresMissing, application, edition.jurors.get(), scores={"product": 4, "price": 1})


def test_conflict_of_interest_needs_no_scores_and_keeps_none():
    edition = judging(jurors=1)
    juror, application = edition.jurors.get(), ApplicationFactory(edition=edition, sent=True)

    send_review(application, juror=juror, actor=juror.person, scores=BOTH, has_conflict=True)

    assert (Review.objects.get().scores, Review.objects.get().has_conflict) == ({}, True)


def test_nobody_judges_what_their_own_organisation_sent():
    edition = judging(jurors=1)
    juror, application = edition.jurors.get(), ApplicationFactory(edition=edition, sent=True)
    MembershipFactory(user=juror.person, organisation=application.organisation)

    refuses(OwnApplication, application, juror)
    assert list(to_judge(juror)) == []


@pytest.mark.parametrize("sent", [False, True])
def test_rival_is_not_asked_into_the_jury(edition_judged, sent):
    rival = rival_at(edition_judged, sent=sent)

    with pytest.raises(RivalInJury):
        invite_juror(edition_judged, actor=who_runs(edition_judged), email=rival.email)
    assert not edition_judged.jurors.filter(person=rival).exists()
    assert not OutboxMessage.objects.exists()


def test_reviewer_who_applies_later_reads_nothing_and_does_not_count():
    edition = judging(jurors=3)
    application = judged(edition, 3)
    juror = edition.jurors.first()
    Review.objects.filter(juror=juror).update(scores={"product": 0, "price": 0})

    rival_at(edition, juror.person, sent=False)

    assert list(to_judge(juror)) == []
    (standing,) = standings(edition)
    assert (standing.application, standing.judged.reviews, standing.judged.score) == (application, 2, 100)
    # They stand by their names, and the tenth of a kind comes before the ninth.
    written, jury = reviews_written(application), jury_of(edition)
    assert ([one.juror for one in written if one.of_rival], len(written)) == ([juror], 3)
    assert ([one for one in jury if one.is_rival], len(jury)) == ([juror], 3)
    with pytest.raises(AppliesToo):
        send_review(application, juror=juror, actor=juror.person, scores=BOTH)


def test_organiser_with_a_seat_reads_no_rank_before_judging(client):
    edition = judging(jurors=1)
    runs = edition.series.organiser.memberships.get().user
    Juror.objects.create(edition=edition, person=runs)
    other = edition.jurors.exclude(person=runs).get()
    for score, name in ((1, "Argane"), (3, "Zitoun")):
        application = judged(edition, score, name=name)
        application.reviews.exclude(juror=other).delete()
    client.force_login(runs)

    page = client.get(reverse("fairs:selection", args=[edition.slug]))

    rows = [(rank, one.application.organisation.name, is_in) for rank, one, is_in in page.context["ranked"]]
    assert rows == [(None, "Argane", False), (None, "Zitoun", False)]
    assert reverse("fairs:decide", args=[edition.slug]) not in page.content.decode()


def test_organiser_with_a_seat_who_applies_stays_blind():
    edition = judging(jurors=1)
    juror, application = edition.jurors.get(), ApplicationFactory(edition=edition, sent=True)

    rival_at(edition, juror.person)

    assert left_to_judge(juror) == {application.pk}


def test_page_of_a_reviewer_who_applies_says_why_it_is_empty(client):
    edition = judging(jurors=1)
    juror, application = edition.jurors.get(), ApplicationFactory(edition=edition, sent=True)
    rival_at(edition, juror.person)
    client.force_login(juror.person)

    answer = client.get(reverse("fairs:judge_one", args=[edition.slug, application.pk]), follow=True)

    assert answer.redirect_chain == [(reverse("fairs:judge", args=[edition.slug]), 302)]
    assert "An organisation of yours applies to this edition" in answer.content.decode()
    assert application.organisation.name not in answer.content.decode()


def test_drafts_decided_applications_and_other_editions_are_not_judged():
    edition = judging(jurors=1)
    juror = edition.jurors.get()

    refuses(CannotBeJudged, ApplicationFactory(edition=edition), juror)
    accepted = ApplicationFactory(edition=edition, sent=True, state=ApplicationState.ACCEPTED)
    refuses(CannotBeJudged, accepted, juror)
    refuses(NotYours, ApplicationFactory(sent=True), juror)


def test_seat_of_another_is_not_used():
    edition = judging(jurors=2)
    first, second = edition.jurors.all()

    refuses(NotYours, ApplicationFactory(edition=edition, sent=True), first, actor=second.person)


def test_clone_takes_rubric_and_plan_along_and_no_jury():
    edition = judging(places=7)

    clone = clone_edition(
        edition, actor=who_runs(edition), starts_on=edition.starts_on.replace(year=edition.starts_on.year + 1)
    )

    assert [(one.code, one.weight) for one in rubric_of(clone).criteria.all()] == [
        ("product", 60),
        ("price", 40),
    ]
    assert clone.selection.places == 7
    assert not Juror.objects.filter(edition=clone).exists()


def test_review_says_what_its_scores_come_to_and_what_each_weighs(client):
    edition = judging(jurors=1)
    application = ApplicationFactory(edition=edition, sent=True)
    client.force_login(edition.jurors.get().person)
    address = reverse("fairs:judge_one", args=[edition.slug, application.pk])
    before = client.get(address)
    send_review(application, juror=edition.jurors.get(), actor=edition.jurors.get().person, scores=BOTH)
    after = client.get(address)

    criteria = [one for one, _field in before.context["form"].scored]
    weights = [one.weight for one in criteria]
    score = sum(one.weight * BOTH[one.code] for one in criteria)
    assert before.context["form"].sum_said == "0 of 100 so far, 2 still to score"
    assert after.context["form"].sum_said == f"{int(score / 3 + 0.5)} of 100"
    assert [f"<bdi>{weight}</bdi> of 100" in after.content.decode() for weight in weights] == [True, True]


def test_organiser_in_the_jury_keeps_the_menu_of_the_edition(client):
    edition = judging(jurors=1)
    juror, application = edition.jurors.get(), ApplicationFactory(edition=edition, sent=True)
    address, board = reverse("fairs:judge_one", args=[edition.slug, application.pk]), "/organise/selection/"
    client.force_login(juror.person)
    as_juror = client.get(address).content.decode()
    MembershipFactory(user=juror.person, organisation=edition.series.organiser)

    assert [board in as_juror, board in client.get(address).content.decode()] == [False, True]
    assert reverse("fairs:juries") in as_juror


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_ones_juries_counts_what_is_left_and_ends_with_what_is_over(
    client, rows, django_assert_num_queries
):
    person = UserFactory()
    over = judging(jurors=0, state="closed")
    running = [judging(jurors=0) for _row in range(rows)]
    for edition in (over, *running):
        Juror.objects.create(edition=edition, person=person)
    for edition in running:
        judged(edition, 2)
        ApplicationFactory.create_batch(2, edition=edition, sent=True)
    client.force_login(person)

    with django_assert_num_queries(6):
        seats = list(client.get(reverse("fairs:juries")).context["seats"])

    assert [(seat.is_over, seat.left) for seat in seats] == [(False, 2)] * rows + [(True, 0)]
    assert [seat.left for seat in seats] == [len(left_to_judge(seat)) for seat in seats]


def test_reviewer_reads_what_was_checked_and_not_by_whom(client):
    edition, checker = judging(jurors=1), UserFactory(first_name="Zineb", last_name="Alaoui")
    application = ApplicationFactory(edition=edition, sent=True)
    checked = {"checked_by": checker, "checked_at": timezone.now()}
    type(application.organisation).objects.filter(pk=application.organisation_id).update(
        verification=Verification.REVIEWED, **checked
    )
    for ends in (edition.ends_on - timedelta(days=1), edition.ends_on):
        CertificateFactory(
            organisation=application.organisation, valid_until=ends, proof="reviewed", **checked
        )
    client.force_login(edition.jurors.get().person)

    page = client.get(reverse("fairs:judge_one", args=[edition.slug, application.pk])).content.decode()

    assert "Zineb" not in page
    assert page.count("Ends before the fair is over.") == 1


@pytest.mark.parametrize("state", [EditionState.RUNNING, EditionState.CLOSED])
def test_rubric_is_not_begun_once_the_doors_have_opened(state, refused):
    edition = EditionFactory(state=state)
    refusal = NotPlannedAnyMore if state == EditionState.RUNNING else EditionOver

    refused(refusal, seed_rubric, edition, actor=who_runs(edition))


def test_review_is_asked_for_no_more_once_the_edition_is_closed(client):
    edition = judging()
    application = ApplicationFactory(edition=edition, sent=True)
    client.force_login(edition.jurors.first().person)
    page = reverse("fairs:judge_one", args=[edition.slug, application.pk])
    asked = ["judge__total" in client.get(page).content.decode()]
    type(edition).objects.update(state=EditionState.CLOSED)

    asked.append("judge__total" in client.get(page).content.decode())

    assert asked == [True, False]
