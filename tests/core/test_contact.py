import pytest
from django.urls import reverse

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.parametrize("name", ["account_signup", "account_login", "organisations:index"])
def test_every_page_names_where_people_write_to(client, settings, name):
    settings.CONTACT_EMAIL = "help@moussem.example"

    page = client.get(reverse(name)).content.decode()

    assert 'href="mailto:help@moussem.example"' in page
