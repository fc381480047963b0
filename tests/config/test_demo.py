import gzip

import pytest

from moussem.config.settings import demo

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_demonstration_squeezes_its_pages_as_the_proxy_does(settings, client):
    settings.MIDDLEWARE = demo.MIDDLEWARE

    answer = client.get("/en/account/login/", headers={"accept-encoding": "gzip"})

    assert (answer["Content-Encoding"], answer["Vary"]) == ("gzip", "Cookie, Accept-Encoding")
    assert b"</html>" in gzip.decompress(answer.content)
