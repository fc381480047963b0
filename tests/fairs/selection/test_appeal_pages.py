"""The applicant's page of an appeal: what the jury said is read by nobody before they are refused."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from fairs.applications.actions import withdraw_application
from fairs.applications.states import ApplicationState
from fairs.editions.states import EditionState
from fairs.models import Appeal
from fairs.selection.actions import (
    answer_appeal,
    decide,
    digest_of,
    plan_selection,
    propose,
    refuse_waiting,
    send_appeal,
)
from fairs.selection.queries import decisions_of
from fairs.selection.states import Group
from fairs.selection.verdicts import verdict_on
from fairs.selection.ways import WayIn, ways_in
from tests.factories.fairs import who_applies, who_runs
from tests.factories.selection import judged, judging

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def appeal_page(application):
    return reverse("fairs:appeal", args=[application.edition.slug])


def decide_all(edition):
    ranked, outcome, *_rest = propose(edition)
    decide(edition, actor=who_runs(edition), seen=digest_of(ranked, outcome))


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("state", [one for one in ApplicationState if one != ApplicationState.REFUSED])
def test_applicant_who_is_not_refused_is_led_back_without_scores(client, method, state):
    application = judged(judging(places=1), 2)
    type(application).objects.update(state=state)
    client.force_login(who_applies(application))

    # An empty text is refused by the form, whose page would show the scores again.
    answer = getattr(client, method)(appeal_page(application), {"text": ""})

    assert (answer.status_code, answer.get("Location")) == (
        302,
        reverse("fairs:apply_send", args=[application.edition.slug]),
    )
    [said] = get_messages(answer.wsgi_request)
    assert str(said).endswith("An appeal is possible against a refusal only. Nothing was sent.")


def test_refused_applicant_reads_what_it_rests_on_and_appeals(client):
    edition = judging(places=1)
    judged(edition, 3)
    weak = judged(edition, 1)
    decide_all(edition)
    refuse_waiting(edition, actor=who_runs(edition))
    client.force_login(who_applies(weak))

    page = client.get(appeal_page(weak))
    answer = client.post(appeal_page(weak), {"text": "Our certificate was overlooked."})

    assert [mean for _criterion, mean in page.context["explanation"]] == [1.0, 1.0]
    assert (answer.status_code, Appeal.objects.get().application) == (302, weak)


def refused_at(edition):
    """Somebody refused beside somebody accepted."""
    judged(edition, 3)
    weak = judged(edition, 1)
    decide_all(edition)
    refuse_waiting(edition, actor=who_runs(edition))
    return type(weak).objects.get(pk=weak.pk)


def test_no_appeal_is_asked_for_in_the_archive(client):
    weak = refused_at(judging(places=1))
    type(weak.edition).objects.update(state=EditionState.ARCHIVED)
    client.force_login(who_applies(weak))

    page = client.get(appeal_page(weak)).content.decode()

    assert ("no appeal is taken any more" in page, "Send the appeal" in page) == (True, False)


def test_applicant_reads_their_appeal_its_answer_and_the_scores(client):
    weak = refused_at(judging(places=1))
    appeal = send_appeal(weak, actor=who_applies(weak), text="Our certificate was overlooked.")
    client.force_login(who_applies(weak))
    notice = reverse("fairs:apply_send", args=[weak.edition.slug])

    asked, form = client.get(notice), client.get(appeal_page(weak))
    answer_appeal(appeal, actor=who_runs(weak.edition), granted=True, answer="You are right.")
    answered = client.get(notice)

    assert "Our certificate was overlooked." in asked.content.decode()
    assert 'name="text"' not in form.content.decode()
    assert (form.context["verdict"].score, form.context["verdict"].last_accepted) == (33.3, 100.0)
    assert "You are right." in answered.content.decode()
    assert "number <bdi>1</bdi> of those who wait" in answered.content.decode()


def test_scores_are_read_by_nobody_who_waits(client):
    edition = judging(places=1)
    judged(edition, 3)
    weak = judged(edition, 1)
    decide_all(edition)
    client.force_login(who_applies(weak))

    page = client.get(reverse("fairs:apply_send", args=[edition.slug])).content.decode()

    assert "number <bdi>1</bdi> of those who wait" in page
    assert "33.3" not in page


def test_appeal_that_waits_is_found_where_the_board_leads(client):
    weak = refused_at(judging(places=1))
    appeal = send_appeal(weak, actor=who_applies(weak), text="Our certificate was overlooked.")
    client.force_login(who_runs(weak.edition))

    page = client.get(reverse("fairs:selection", args=[weak.edition.slug]))

    assert page.status_code == 200
    assert list(page.context["appeals"]) == [appeal]
    assert "<bdi>1</bdi> appeal<" in page.content.decode()


def by_quota_and_in_time():
    """One place for a group that the last in rank is of; of two with the same score the first is let in."""
    edition = judging(places=2)
    first, second, led = judged(edition, 2), judged(edition, 2), judged(edition, 1, women_led=True)
    quota = {"group": Group.WOMEN_LED, "region": None, "least": 1}
    plan_selection(edition, actor=who_runs(edition), places=2, quotas=[quota])
    decide_all(edition)
    refuse_waiting(edition, actor=who_runs(edition))
    second.refresh_from_db()
    return first, second, led


def test_who_is_refused_reads_why_others_came_in_with_the_same_score_or_a_lower_one(client):
    _first, second, _led = by_quota_and_in_time()
    client.force_login(who_applies(second))

    page = client.get(appeal_page(second))

    verdict = page.context["verdict"]
    assert (verdict.score, verdict.last_accepted, verdict.by_quota) == (66.7, 66.7, 1)
    shown = page.content.decode()
    assert "The lowest score that was accepted without a quota" in shown
    assert "with the same score, sent earlier" in shown
    assert "Accepted by a quota from a lower rank" in shown


def test_who_left_for_those_whom_quotas_kept_is_told_so_and_not_that_they_came_earlier(client):
    edition = judging(places=2)
    first = judged(edition, 2, women_led=False, remote_area=False)
    judged(edition, 2, women_led=True, remote_area=False)
    judged(edition, 1, women_led=False, remote_area=True)
    quotas = [{"group": one, "region": None, "least": 1} for one in (Group.WOMEN_LED, Group.REMOTE)]
    plan_selection(edition, actor=who_runs(edition), places=2, quotas=quotas)
    decide_all(edition)
    refuse_waiting(edition, actor=who_runs(edition))
    client.force_login(who_applies(first))

    page = client.get(appeal_page(first))

    verdict = page.context["verdict"]
    assert (verdict.score, verdict.last_accepted, verdict.by_quota) == (66.7, None, 2)
    assert "sent earlier" not in page.content.decode()


def test_who_is_below_those_of_a_quota_reads_the_lowest_score_without_one(client):
    edition = judging(places=2)
    for score, women_led in ((3, False), (2, False), (1, True)):
        judged(edition, score, women_led=women_led)
    weak = judged(edition, 0, women_led=False)
    quota = {"group": Group.WOMEN_LED, "region": None, "least": 1}
    plan_selection(edition, actor=who_runs(edition), places=2, quotas=[quota])
    decide_all(edition)
    refuse_waiting(edition, actor=who_runs(edition))
    client.force_login(who_applies(weak))

    shown = client.get(appeal_page(weak)).content.decode()

    assert "The lowest score that was accepted without a quota" in shown
    assert "from a lower rank" not in shown


def test_who_moved_up_by_a_quota_counts_beside_the_refused(django_capture_on_commit_callbacks):
    edition = judging(places=1)
    strong, middle, led = judged(edition, 3), judged(edition, 2), judged(edition, 1, women_led=True)
    decide_all(edition)
    quota = {"group": Group.WOMEN_LED, "region": None, "least": 1}
    plan_selection(edition, actor=who_runs(edition), places=1, quotas=[quota])
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_application(strong, actor=who_applies(strong))
    refuse_waiting(edition, actor=who_runs(edition))

    verdict = verdict_on(type(middle).objects.get(pk=middle.pk))

    assert (verdict.score, verdict.last_accepted, verdict.by_quota) == (66.7, 100.0, 1)
    assert ways_in(decisions_of(edition)) == {led.pk: WayIn("women_led", True)}


def test_organiser_reads_who_came_by_a_quota_on_the_list_the_application_and_the_replay(client):
    first, _second, led = by_quota_and_in_time()
    client.force_login(who_runs(led.edition))
    entry = decisions_of(led.edition)[0]
    said = "by the quota “led by women”"

    def shown(name, *more):
        return client.get(reverse(f"fairs:{name}", args=[led.edition.slug, *more])).content.decode()

    assert shown("decided").count(said) == 1
    assert shown("replay", entry.pk).count(said) == 1
    assert shown("reviews", led.pk).count(said) == 1
    assert said not in shown("reviews", first.pk)
