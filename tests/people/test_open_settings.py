import pytest
from django.urls import reverse

from tests.factories.people import UserFactory
from tests.sent_forms import as_shown

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_settings_left_open_on_one_device_take_nothing_back_of_another(client):
    person = UserFactory(language="en")
    client.force_login(person)
    address = reverse("people:settings")
    form = as_shown(client.get(address), first_name="Zahra")
    type(person).objects.filter(pk=person.pk).update(time_zone="Asia/Tokyo", last_name="Ait")

    answer = client.post(address, form)

    person.refresh_from_db()
    assert (answer.status_code, person.first_name) == (302, "Zahra")
    assert (person.last_name, person.time_zone) == ("Ait", "Asia/Tokyo")
