"""What an exhibitor shows at its booth: words, goods, people, offers and papers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from catalogue.actions.uploads import judging, kept_paper
from fairs.applications.queries import products_to_show
from fairs.editions.actions import hold_edition
from fairs.floor.errors import DocumentTooLarge, OfferEmpty, OfferOutlives, OfferOver, TooManyOnPage
from fairs.floor.models import BoothDocument, BoothPage, BoothStaff, FairOffer
from fairs.floor.queries import today_at
from fairs.floor.rules import may_keep_booth
from fairs.selection.models import Exhibitor
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record

MOST_PRODUCTS = 24
MOST_PEOPLE = 12
MOST_OFFERS = 8
MOST_DOCUMENTS = 8
MOST_BYTES = 5_000_000


def _keeping(exhibitor: Exhibitor, actor: Any) -> Exhibitor:
    """The exhibitor under a lock, for whoever keeps its booth, until the edition is over."""
    hold_edition(exhibitor.edition)
    exhibitor = lock(exhibitor)
    require(may_keep_booth(actor, exhibitor), NotYours)
    return exhibitor


@transaction.atomic
def keep_page(exhibitor: Exhibitor, *, actor: Any, **texts: str) -> BoothPage:
    """What the page of the booth says."""
    exhibitor = _keeping(exhibitor, actor)
    page, _new = BoothPage.objects.get_or_create(exhibitor=exhibitor)
    changed = {name: value for name, value in texts.items() if getattr(page, name) != value}
    for name, value in changed.items():
        setattr(page, name, value)
    if changed:
        page.save(update_fields=list(changed))
        record("booth_page_kept", exhibitor, actor=actor, **changed)
    return page


@transaction.atomic
def keep_products(exhibitor: Exhibitor, *, actor: Any, products: Iterable[Any]) -> BoothPage:
    """The listed products of the exhibitor that the booth shows."""
    exhibitor = _keeping(exhibitor, actor)
    page, _new = BoothPage.objects.get_or_create(exhibitor=exhibitor)
    own = products_to_show(exhibitor.organisation).filter(pk__in=[one.pk for one in products])
    chosen = list(own[: MOST_PRODUCTS + 1])
    require(len(chosen) <= MOST_PRODUCTS, TooManyOnPage, most=MOST_PRODUCTS)
    page.products.set(chosen)
    record("booth_products_kept", exhibitor, actor=actor, products=sorted(one.pk for one in chosen))
    return page


def bring_products(exhibitor: Exhibitor, **facts: Any) -> None:
    """A booth that shows nothing yet shows what was chosen in the application, as far as it is listed."""
    page = BoothPage.objects.filter(exhibitor=exhibitor).first()
    if not exhibitor.application or (page and page.products.exists()):
        return
    listed = products_to_show(exhibitor.organisation)
    chosen = listed.filter(pk__in=exhibitor.application.products.values("pk"))
    if brought := list(chosen[:MOST_PRODUCTS]):
        page = page or BoothPage.objects.create(exhibitor=exhibitor)
        page.products.set(brought)
        record("booth_products_kept", exhibitor, actor=None, products=sorted(one.pk for one in brought))


@transaction.atomic
def add_person(exhibitor: Exhibitor, *, actor: Any, name: str, languages: list[str]) -> BoothStaff:
    """Somebody who receives visitors at the booth."""
    exhibitor = _keeping(exhibitor, actor)
    require(exhibitor.staff.count() < MOST_PEOPLE, TooManyOnPage, most=MOST_PEOPLE)
    person = BoothStaff.objects.create(exhibitor=exhibitor, name=name, languages=languages)
    record("booth_person_added", exhibitor, actor=actor, person=person.pk, languages=languages)
    return person


@transaction.atomic
def remove_person(person: BoothStaff, *, actor: Any) -> None:
    """Somebody who receives at the booth no more."""
    exhibitor = _keeping(person.exhibitor, actor)
    record("booth_person_removed", exhibitor, actor=actor, person=person.pk)
    person.delete()


@transaction.atomic
def say_there(person: BoothStaff, *, actor: Any) -> BoothStaff:
    """The person is at the booth, until the end of the day or until they say that they go."""
    return _say(person, actor, "there")


@transaction.atomic
def say_away(person: BoothStaff, *, actor: Any) -> BoothStaff:
    """The person is away from the booth."""
    return _say(person, actor, "away")


def _say(person: BoothStaff, actor: Any, where: str) -> BoothStaff:
    exhibitor = _keeping(person.exhibitor, actor)
    person.there_since = timezone.now() if where == "there" else None
    person.save(update_fields=["there_since"])
    record(f"booth_person_{where}", exhibitor, actor=actor, person=person.pk)
    return person


@transaction.atomic
def add_offer(
    exhibitor: Exhibitor, *, actor: Any, last_day: date, price_note: str = "", **texts: str
) -> FairOffer:
    """An offer of the fair only, which ends with its last day by the clocks of the edition."""
    exhibitor = _keeping(exhibitor, actor)
    require(any(texts.values()), OfferEmpty)
    require(last_day >= today_at(exhibitor.edition), OfferOver, day=date_format(last_day))
    ends = exhibitor.edition.ends_on
    require(last_day <= ends, OfferOutlives, day=date_format(ends))
    held = exhibitor.fair_offers.filter(last_day__gte=today_at(exhibitor.edition))
    require(held.count() < MOST_OFFERS, TooManyOnPage, most=MOST_OFFERS)
    offer = FairOffer.objects.create(exhibitor=exhibitor, last_day=last_day, price_note=price_note, **texts)
    facts = {"offer": offer.pk, "last_day": str(last_day), "price_note": price_note, **texts}
    record("fair_offer_added", exhibitor, actor=actor, **facts)
    return offer


@transaction.atomic
def remove_offer(offer: FairOffer, *, actor: Any) -> None:
    """An offer that holds no more, gone at once."""
    exhibitor = _keeping(offer.exhibitor, actor)
    record("fair_offer_removed", exhibitor, actor=actor, offer=offer.pk, text=offer.text)
    offer.delete()


@judging("upload")
@transaction.atomic
def add_document(exhibitor: Exhibitor, *, actor: Any, name: str, upload: Any) -> BoothDocument:
    """A paper to take along: a PDF or a picture, told by its content, under a name that nobody can guess."""
    exhibitor = _keeping(exhibitor, actor)
    require(exhibitor.documents.count() < MOST_DOCUMENTS, TooManyOnPage, most=MOST_DOCUMENTS)
    require(upload.size <= MOST_BYTES, DocumentTooLarge)
    paper = kept_paper(upload)
    document = BoothDocument.objects.create(exhibitor=exhibitor, name=name, size=paper.size, file=paper)
    record("booth_document_added", exhibitor, actor=actor, document=document.pk, name=name, size=paper.size)
    return document


@transaction.atomic
def remove_document(document: BoothDocument, *, actor: Any) -> None:
    """A paper that is handed out no more; its file goes once that is written."""
    exhibitor = _keeping(document.exhibitor, actor)
    record("booth_document_removed", exhibitor, actor=actor, document=document.pk, name=document.name)
    stored, kept_as = document.file.storage, document.file.name
    document.delete()
    transaction.on_commit(lambda: stored.delete(kept_as))
