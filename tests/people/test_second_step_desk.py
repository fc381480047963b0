"""An officer takes a second step away for a reason that is kept, and its person is told."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from moussem.core.models import LogEntry, OutboxMessage
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def officer(client):
    person = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(person)
    return person


def address_of(step, name="delete"):
    return reverse(f"admin:mfa_authenticator_{name}", args=[step.pk])


@pytest.mark.parametrize(
    ("kind", "named"),
    [("totp", "Codes from an app"), ("webauthn", "Passkey"), ("recovery_codes", "Recovery codes")],
)
def test_second_step_taken_away_is_logged_and_told_to_its_person(client, officer, kind, named):
    person = UserFactory(language="en")
    step = Authenticator.objects.create(user=person, type=kind, data={"name": "Key"})

    answer = client.post(address_of(step), {"post": "yes", "reason": "Telephone lost,\nshe called."})

    assert (answer.status_code, Authenticator.objects.count()) == (302, 0)
    (line,) = LogEntry.objects.filter(subject_id=str(person.pk), subject_type="people.user")
    assert (line.verb, line.actor) == ("second_step_removed", officer)
    assert line.facts == {"step": kind, "reason": "Telephone lost, she called."}
    (mail,) = OutboxMessage.objects.all()
    assert mail.payload["to"] == person.email
    assert [word in mail.payload["body"] for word in (named, "lost, she called.")] == [True] * 2


def test_mail_about_a_second_step_leads_to_a_page_in_the_language_of_its_person(client, officer):
    step = Authenticator.objects.create(user=UserFactory(language="ar"), type="totp", data={})

    client.post(address_of(step), {"post": "yes", "reason": "ضاع الهاتف"})

    body = OutboxMessage.objects.get().payload["body"]
    assert ("/ar/settings/security/" in body, "رموز" in body) == (True, True)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_second_step_stays_without_a_reason_and_the_page_says_so(client, officer, reason):
    step = Authenticator.objects.create(user=UserFactory(), type="totp", data={})

    page = client.post(address_of(step), {"post": "yes", "reason": reason})

    assert (page.status_code, list(page.context["why"].errors)) == (200, ["reason"])
    assert Authenticator.objects.count() == 1
    assert (LogEntry.objects.count(), OutboxMessage.objects.count()) == (0, 0)


def test_list_of_second_steps_takes_none_away(client, officer):
    step = Authenticator.objects.create(user=UserFactory(), type="totp", data={})
    sent = {"action": "delete_selected", "_selected_action": [step.pk], "post": "yes", "index": "0"}

    client.post(reverse("admin:mfa_authenticator_changelist"), sent)

    assert Authenticator.objects.count() == 1


def added(person, *kinds):
    return [Authenticator.objects.create(user=person, type=kind, data={"name": "Key"}) for kind in kinds]


@pytest.mark.parametrize(
    ("kinds", "stays", "facts"),
    [
        (["totp", "recovery_codes"], [], {"also": ["recovery_codes"]}),
        (["webauthn", "recovery_codes"], [], {"also": ["recovery_codes"]}),
        (["totp", "webauthn", "recovery_codes"], ["recovery_codes", "webauthn"], {}),
        (["recovery_codes", "totp"], ["totp"], {}),
    ],
)
def test_recovery_codes_go_with_the_last_app_or_passkey(client, officer, kinds, stays, facts):
    first, *_others = added(UserFactory(language="en"), *kinds)
    added(UserFactory(), "recovery_codes")

    client.post(address_of(first), {"post": "yes", "reason": "She called."})

    left = Authenticator.objects.filter(user=first.user).order_by("type").values_list("type", flat=True)
    assert (list(left), Authenticator.objects.exclude(user=first.user).count()) == (stays, 1)
    line = LogEntry.objects.get(verb="second_step_removed")
    assert line.facts == {"step": kinds[0], "reason": "She called.", **facts}
    body = OutboxMessage.objects.get().payload["body"]
    assert ("Your recovery codes went with it" in body) == bool(facts)


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (["totp"], (False, True, False)),
        (["totp", "recovery_codes"], (False, True, True)),
        (["recovery_codes", "totp"], (True, False, False)),
        (["recovery_codes"], (False, True, False)),
    ],
)
def test_page_that_takes_a_step_away_says_whose_and_what_is_then_asked(client, officer, kinds, said):
    first, *_others = added(UserFactory(), *kinds)

    page = client.get(address_of(first)).content.decode()

    told = ("Another second step stays", "The password alone is then enough", "The recovery codes go with it")
    assert tuple(one in page for one in told) == said
    assert f"<bdi>{first.user.email}</bdi>" in page


def test_list_of_second_steps_tells_people_apart_by_their_address(client, officer):
    (step,) = added(UserFactory(), "totp")

    page = client.get(reverse("admin:mfa_authenticator_changelist")).content.decode()

    assert f'<td class="field-address">{step.user.email}</td>' in page
