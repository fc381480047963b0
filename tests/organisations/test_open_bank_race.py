"""An account that another owner writes while the page is being sent, on a database with row locks."""

from django.urls import reverse

from moussem.organisations.models import Organisation
from tests.factories.organisations import MembershipFactory
from tests.factories.people import signed_in_lately
from tests.organisations.test_checking import ACCOUNT
from tests.races import on_postgresql, while_it_waits
from tests.sent_forms import as_shown

pytestmark = on_postgresql
THEIRS = "MA11022519000001205000534921"


def test_account_that_another_owner_writes_at_the_same_moment_is_told_and_stays():
    owner = MembershipFactory()
    address, client = (
        reverse("organisations:bank", args=[owner.organisation.slug]),
        signed_in_lately(owner.user),
    )
    typed = {"bank_name": "Banque", "account": ACCOUNT["iban"], "bic": ACCOUNT["bic"]}
    form = as_shown(client.get(address), typed)

    with while_it_waits(owner.organisation, lambda: client.post(address, form)) as answer:
        Organisation.objects.filter(pk=owner.organisation.pk).update(iban=THEIRS)

    back = answer.result()
    told = {name: tuple(one) for name, one in back.context["form"].otherwise.items()}
    assert (back.status_code, told) == (200, {"account_now": ("MA … 4921", "empty")})
    assert (Organisation.objects.get().iban, back.context["account"]) == (THEIRS, "MA … 4921")
