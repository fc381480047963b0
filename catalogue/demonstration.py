from pathlib import Path

from catalogue.actions.reference import REFERENCE, load_catalogue_reference
from catalogue.models import Certificate
from catalogue.showcase.actions import import_catalogue
from catalogue.states import Proof
from moussem.core.demonstration import demonstrates
from moussem.organisations.models import Organisation
from moussem.organisations.states import Verification
from moussem.people.models import User


@demonstrates(order=20, label="Families, certificates and standards", reads=[REFERENCE])
def families() -> None:
    """The families and what stands around them."""
    load_catalogue_reference()


@demonstrates(
    order=30,
    label="Cooperatives, buyers and products",
    reads=[REFERENCE, Path(__file__).parent / "showcase"],
)
def country() -> None:
    """The demonstration country."""
    import_catalogue()


@demonstrates(order=51, label="Who checked them", reads=[Path(__file__).parent / "showcase"])
def checkers() -> None:
    """What stands as checked, checked by the staff of the demonstration."""
    staff = User.objects.filter(is_staff=True).order_by("pk").first()
    sellers = Organisation.objects.filter(is_demonstration=True, checked_by=None)
    sellers.exclude(verification=Verification.DECLARED).update(checked_by=staff)
    papers = Certificate.objects.filter(organisation__is_demonstration=True, checked_by=None)
    papers.exclude(proof=Proof.DECLARED).update(checked_by=staff)
