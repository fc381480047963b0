import pytest

from moussem.core.log import record
from moussem.core.models import OutboxMessage
from moussem.people.models import User

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def staff(client):
    user = User.objects.create_superuser("staff@demo.example", "moussem-demo")
    client.force_login(user)
    return user


def test_staff_reads_the_log_and_the_outbox_and_changes_neither(client, staff):
    line = record("checked", staff, actor=staff)
    message = OutboxMessage.objects.create(kind="mail", payload={}, last_error="refused")

    assert "checked" in client.get("/admin/core/logentry/").content.decode()
    assert "refused" in client.get("/admin/core/outboxmessage/").content.decode()
    assert client.post(f"/admin/core/logentry/{line.pk}/change/", {"verb": "x"}).status_code == 403
    assert client.post(f"/admin/core/outboxmessage/{message.pk}/delete/", {"post": "yes"}).status_code == 403
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize(("language", "name"), [("en", "Moussem"), ("fr", "Moussem"), ("ar", "موسم")])
def test_administration_bears_the_name_of_the_marketplace(client, staff, language, name):
    staff.language = language
    staff.save()

    page = client.get("/admin/", headers={"accept-language": language}).content.decode()

    assert (f"| {name}</title>" in page, "Django" in page) == (True, False)
