import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils.translation import override

from moussem.organisations.states import Role
from tests.factories.people import PASSWORD, UserFactory
from tests.factories.trade import buyer, member_of, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def led_to(client, user, asked=""):
    typed = {"login": user.email, "password": PASSWORD}
    page = client.post(reverse("account_login") + asked, typed, follow=True)
    return page.redirect_chain[-1][0]


def editor():
    """Somebody who works in the editors' house and in no organisation."""
    person = UserFactory(language="fr")
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return person


@pytest.mark.parametrize(
    ("person", "desk"),
    [
        (lambda: seller().user, "desk:home"),
        (lambda: buyer().user, "orders:purchases"),
        (lambda: member_of(seller().organisation, Role.VIEWER).user, "organisations:mine"),
        (lambda: UserFactory(is_staff=True), "admin:index"),
        (editor, "wagtailadmin_home"),
        (UserFactory, "organisations:mine"),
    ],
)
def test_signing_in_leads_to_the_own_desk_in_the_own_language(client, person, desk):
    user = person()

    landed = led_to(client, user)

    with override(user.language):
        assert landed == reverse(desk)


def test_signing_in_leads_to_where_one_was_going(client):
    assert led_to(client, buyer().user, "?next=/fr/families/") == "/fr/families/"


def test_page_that_one_reads_is_kept_by_the_sign_in_and_the_home_page_is_not(client):
    sign_in = reverse("account_login")

    products = client.get("/en/products/?q=figs").content.decode()
    home = client.get("/en/").content.decode()

    assert f'href="{sign_in}?next=/en/products/%3Fq%3Dfigs"' in products
    assert f'href="{sign_in}"' in home


def test_arrival_is_for_who_is_signed_in(client):
    assert client.get(reverse("arrival")).url == f"{reverse('account_login')}?next={reverse('arrival')}"
