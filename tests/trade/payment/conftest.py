import pytest

from moussem.trade.payment.actions import make_due
from tests.factories.payment import instalments
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


@pytest.fixture
def deposit():
    """A deposit of 300 euros that is due."""
    deposit = instalments("1000.00")[0]
    make_due(deposit.plan.order, "acceptance", actor=None)
    deposit.refresh_from_db()
    return deposit
