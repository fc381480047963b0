from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from moussem.core.demo_mail import mails_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def mail_box(settings, tmp_path):
    settings.DEMONSTRATION = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def write(subject, body="Bonjour"):
    EmailMessage(subject=subject, body=body, to=["buyer@demo.example"]).send()


def test_mail_box_lists_what_was_sent(client, mail_box):
    write("Votre commande <1>")
    write("طلبكم")

    page = client.get(reverse("core:demo_mails")).content.decode()

    assert "Votre commande &lt;1&gt;" in page
    assert "طلبكم" in page


def test_mail_is_read_with_its_links(client, mail_box):
    write("Confirm", "Open http://127.0.0.1:8000/en/account/confirm/abc/ please")
    page = client.get(reverse("core:demo_mails"))
    (mail,) = page.context["mails"]

    page = client.get(reverse("core:demo_mail", args=[mail.key])).content.decode()

    assert 'href="http://127.0.0.1:8000/en/account/confirm/abc/"' in page
    assert "buyer@demo.example" in page


@pytest.mark.parametrize("key", ["nothing", "20261122-1.7", "..%2Fsecret", "0.0", "1" * 300, "1%00.0"])
def test_mail_that_is_not_there_is_not_found(client, mail_box, key):
    assert client.get(f"/demo/mail/{key}/").status_code == 404


def test_mail_box_does_not_exist_outside_the_demonstration(client, mail_box, settings):
    write("Secret")
    settings.DEMONSTRATION = False

    assert client.get(reverse("core:demo_mails")).status_code == 404
    (name,) = [file.stem for file in mail_box.iterdir()]
    assert client.get(reverse("core:demo_mail", args=[f"{name}.0"])).status_code == 404


def test_mail_says_when_it_was_sent_in_a_zone_that_is_known(mail_box):
    write("Ready")

    (found,) = mails_in(mail_box)

    assert abs(found.at - timezone.now()) < timedelta(minutes=1)
