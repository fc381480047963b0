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

    back = client.post(address, form)
    person.refresh_from_db()
    before = person.first_name
    client.post(address, as_shown(back))

    person.refresh_from_db()
    assert ([*back.context["form"].otherwise], before == "Zahra") == (["last_name", "time_zone"], False)
    assert person.first_name == "Zahra"
    assert (person.last_name, person.time_zone) == ("Ait", "Asia/Tokyo")
