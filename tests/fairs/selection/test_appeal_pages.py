"""The applicant's page of an appeal: what the jury said is read by nobody before they are refused."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from fairs.applications.states import ApplicationState
from fairs.models import Appeal
from fairs.selection.actions import decide, digest_of, propose, refuse_waiting
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
