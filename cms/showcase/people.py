"""Who a visitor of the demonstration may be in the editors' house: one person for each role, all invented."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from cms.staff.actions import open_region
from cms.staff.roles import AUTHORS, EDITORS, PUBLISHERS, TRANSLATORS
from moussem.core.demonstration import PASSWORD, SIGN_INS, SignIn
from moussem.people.models import User
from moussem.regions.models import Region

# Souss-Massa: saffron and argan, where most cooperatives of the demonstration are.
REGION = "MA-09"


@dataclass(frozen=True)
class Hand:
    """One person of the house; without a role, a correspondent."""

    email: str
    first_name: str
    last_name: str
    language: str
    role: str
    says: str


HANDS = (
    Hand("author@demo.example", "Imane", "Lahrichi", "fr", AUTHORS.name, "author: /editors/ (French)"),
    Hand("editor@demo.example", "Rachid", "Oumlil", "fr", EDITORS.name, "editor, first reader (French)"),
    Hand("translator@demo.example", "Houda", "Chafik", "ar", TRANSLATORS.name, "translator (Arabic)"),
    Hand("publisher@demo.example", "Meryem", "Slaoui", "en", PUBLISHERS.name, "publisher of pages"),
    Hand("correspondent@demo.example", "Lahcen", "Aït Taleb", "fr", "", "correspondent of Souss-Massa"),
)
SIGN_INS += [SignIn(hand.email, hand.says) for hand in HANDS]


@transaction.atomic
def bring_in_the_newsroom() -> None:
    """Everybody with a verified address, in the group of the role and in no other."""
    for hand in HANDS:
        person, new = User.objects.update_or_create(
            email=hand.email,
            defaults={
                "first_name": hand.first_name,
                "last_name": hand.last_name,
                "language": hand.language,
            },
        )
        if new or not person.check_password(PASSWORD):
            person.password = make_password(PASSWORD)
            person.save(update_fields=["password"])
        EmailAddress.objects.update_or_create(
            user=person, email=person.email, defaults={"verified": True, "primary": True}
        )
        person.groups.set([_group_of(hand)])


def _group_of(hand: Hand) -> Group:
    return Group.objects.get(name=hand.role) if hand.role else open_region(Region.objects.get(pk=REGION))
