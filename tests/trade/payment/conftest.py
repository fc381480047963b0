import pytest

from tests.fakes.stripe_server import serving

SECRETS = ["whsec_new_one", "whsec_old_one"]


@pytest.fixture
def stripe(settings):
    """A site with Stripe's keys, and the Stripe it talks to."""
    with serving() as (fake, address):
        settings.STRIPE_SECRET_KEY = "sk_test_fake"
        settings.STRIPE_PUBLISHABLE_KEY = "pk_test_fake"
        settings.STRIPE_WEBHOOK_SECRETS = SECRETS
        settings.STRIPE_API_BASE = address
        settings.STRIPE_RETRIES = 0
        yield fake
