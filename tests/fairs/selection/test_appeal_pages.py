"""The applicant's page of an appeal: what the jury said is read by nobody before they are refused."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from fairs.applications.states import ApplicationState
from fairs.models import Appeal
from fairs.selection.actions import answer_appeal, decide, digest_of, propose, refuse_waiting, send_appeal
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
