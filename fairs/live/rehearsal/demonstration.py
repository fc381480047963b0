"""One exhibitor of the running fair that has rehearsed, and who accompanies those of a region."""

from uuid import uuid4

from django.db import transaction
from django.utils import translation

from fairs.editions.models import Edition
from fairs.live.calling import keep_check
from fairs.live.rehearsal.actions import answer_practice_buyer, begin_rehearsal
from fairs.live.stands.actions import keep_hours
from fairs.selection.models import Exhibitor
from moussem.core.demonstration import demonstrates
from moussem.organisations.models import Membership, Organisation
from moussem.organisations.states import Kind, Role, Verification
from moussem.people.models import User

SLUG = "demo-made-in-africa"
WHO, DELEGATE = "cooperative2@demo.example", "delegate@demo.example"
# Two of them leave something open, so that the page shows what that looks like.
ANSWERS = (
    "Cela dépend de ce que vous voulez.",
    "Nous commençons avec de petites quantités.",
    "Le prix est de 10 € le kilo.",
    "Comptez trois semaines, 21 jours.",
    "EXW, chez nous à Zagora",
    "Bio, certifié UE, avec le bulletin d’analyse",
)


@demonstrates(order=200, label="A rehearsal and who reads how ready one is", daily=True)
@transaction.atomic
def bring_in_a_rehearsal() -> None:
    """Hours of a live stand, a test of devices, a rehearsal that was gone through; a chamber of a region."""
    person = User.objects.filter(email=WHO).first()
    stand = Exhibitor.objects.filter(
        edition__slug=SLUG, left_at=None, organisation__memberships__user=person
    ).first()
    if person and stand:
        _get_ready(stand, person)
    delegate = Membership.objects.filter(user__email=DELEGATE, role=Role.DELEGATE).first()
    if delegate:
        _chamber_of(delegate)


def _get_ready(stand: Exhibitor, person: User) -> None:
    edition = Edition.objects.prefetch_related("days").get(pk=stand.edition_id)
    first = min(edition.days.all(), key=lambda day: day.on)
    keep_hours(stand, actor=person, hours={first.on: (first.opens, first.closes)})
    keep_check(person, microphone=True, camera=True, direct=True, relay=False)
    if stand.rehearsals.exists():
        return
    with translation.override(person.language):
        rehearsal = begin_rehearsal(stand, actor=person)
        for text in ANSWERS:
            if not rehearsal.is_over:
                answer_practice_buyer(rehearsal, actor=person, text=text, client_uuid=uuid4())
                rehearsal.refresh_from_db()


def _chamber_of(delegate: Membership) -> None:
    """The body that the delegate works for, in the region of the cooperative that gave its consent."""
    seller = delegate.organisation
    chamber, _new = Organisation.objects.update_or_create(
        code="demo-chamber",
        defaults={
            "kind": Kind.CHAMBER,
            "name": "Chambre d’agriculture Démo",
            "name_ar": "غرفة الفلاحة (تجريبية)",
            "slug": "chambre-d-agriculture-demo",
            "country_id": seller.country_id,
            "region_id": seller.region_id,
            "languages": ["ar", "fr"],
            "verification": Verification.VERIFIED,
            "is_demonstration": True,
        },
    )
    Membership.objects.update_or_create(
        user=delegate.user, organisation=chamber, defaults={"role": Role.VIEWER}
    )
