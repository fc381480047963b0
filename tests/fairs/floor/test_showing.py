import resource
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from catalogue.errors import PaperRefused
from fairs.editions.errors import EditionPutAway
from fairs.editions.states import EditionState
from fairs.floor.actions import (
    add_document,
    add_offer,
    add_person,
    allot_booth,
    bring_products,
    keep_page,
    keep_products,
    remove_document,
    remove_offer,
    say_away,
    say_there,
)
from fairs.floor.actions.showing import MOST_BYTES, MOST_OFFERS
from fairs.floor.errors import (
    DocumentTooLarge,
    OfferEmpty,
    OfferOutlives,
    OfferOver,
    TooManyOnPage,
)
from fairs.floor.forms import OfferForm
from fairs.floor.models import BoothDocument, BoothPage, FairOffer
from fairs.floor.queries import goods_on, hosts_of, offers_of
from fairs.selection.actions.deciding import decide, digest_of, propose
from fairs.selection.models import Exhibitor
from moussem.core.errors import DiskRefuses, NotYours
from moussem.core.models import LogEntry
from moussem.core.storage import DiskStorage
from tests.factories.catalogue import ProductFactory
from tests.factories.fairs import who_applies, who_runs
from tests.factories.floor import booth, exhibitor, fair
from tests.factories.pdfs import a_pdf
from tests.factories.people import UserFactory
from tests.factories.selection import judged, judging
from tests.factories.uploads import Watched

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PDF, LARGE = a_pdf(words=b"price list"), a_pdf(words=b"price list" * 40_000)


def paper(content=PDF, name="list.pdf"):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def one():
    """A cooperative with a booth at a fair that begins today."""
    scene = fair(starts_in=0)
    found = exhibitor(scene.edition)
    allot_booth(booth(scene, "A1"), found, actor=scene.organiser)
    return found


@pytest.fixture
def full_disk():
    """A disk that takes files of this size no more."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_form_comes_back_when_the_disk_is_full(client, one, monkeypatch, tmp_path, full_disk):
    monkeypatch.setattr(BoothDocument._meta.get_field("file"), "storage", DiskStorage(location=tmp_path))
    client.force_login(one.owner)

    sent = {"name": "Prices", "upload": paper(LARGE)}

    page = client.post(reverse("fairs:booth_papers", args=[one.edition.slug]), sent)

    assert (page.status_code, page.context["form"].non_field_errors()) == (200, [DiskRefuses().message])
    assert (page.context["form"]["name"].value(), BoothDocument.objects.count()) == ("Prices", 0)


def test_page_says_what_its_exhibitor_wrote_in_the_nearest_language(one):
    page = keep_page(one, actor=one.owner, about_en="", about_fr="Bonjour", about_ar="")

    assert page.about == "Bonjour"
    assert LogEntry.objects.get(verb="booth_page_kept").facts == {"about_fr": "Bonjour"}


def test_booth_shows_listed_products_of_its_own_seller_only(one):
    own = ProductFactory(organisation=one.organisation)
    draft, other = ProductFactory(organisation=one.organisation, listed=False), ProductFactory()

    page = keep_products(one, actor=one.owner, products=[own, draft, other])

    assert [product.pk for product in goods_on(page, "EUR")] == [own.pk]


def test_what_was_chosen_in_the_application_is_shown_until_the_exhibitor_chooses_anew():
    edition = judging(places=1)
    application = judged(edition, 3)
    told = {"organisation": application.organisation}
    chosen, gone, other = ProductFactory(**told), ProductFactory(**told, listed=False), ProductFactory(**told)
    application.products.set([chosen, gone])
    ranked, outcome, *_rest = propose(edition)
    decide(edition, actor=who_runs(edition), seen=digest_of(ranked, outcome))

    one = Exhibitor.objects.get(application=application)
    page = BoothPage.objects.get(exhibitor=one)

    assert list(page.products.all()) == [chosen]
    keep_products(one, actor=who_applies(application), products=[other])
    bring_products(one)
    assert list(page.products.all()) == [other]


def test_product_that_is_withdrawn_leaves_the_booth(one):
    own = ProductFactory(organisation=one.organisation)
    page = keep_products(one, actor=one.owner, products=[own])
    type(own).objects.filter(pk=own.pk).update(is_public=False)

    assert goods_on(page, "EUR") == []


def test_stranger_changes_nothing_of_a_booth(one):
    stranger, logged = UserFactory(), LogEntry.objects.count()

    for write in (
        lambda: keep_page(one, actor=stranger, about_en="Ours"),
        lambda: add_person(one, actor=stranger, name="Me", languages=[]),
        lambda: add_document(one, actor=stranger, name="x", upload=paper()),
    ):
        with pytest.raises(NotYours):
            write()

    assert LogEntry.objects.count() == logged


def test_booth_of_an_edition_in_the_archive_stays_as_it_is(one):
    type(one.edition).objects.update(state=EditionState.ARCHIVED)

    with pytest.raises(EditionPutAway):
        keep_page(one, actor=one.owner, about_en="Late")


def test_person_is_at_the_booth_until_they_go(one):
    person = add_person(one, actor=one.owner, name="Amina", languages=["ar"])

    assert [host.is_there for host in hosts_of(one)] == [False]
    say_there(person, actor=one.owner)
    assert [host.is_there for host in hosts_of(one)] == [True]
    say_away(person, actor=one.owner)
    assert [host.is_there for host in hosts_of(one)] == [False]


def test_who_forgot_to_go_is_away_the_next_morning(one):
    person = add_person(one, actor=one.owner, name="Amina", languages=["ar"])
    say_there(person, actor=one.owner)

    assert [host.is_there for host in hosts_of(one, timezone.now() + timedelta(days=1))] == [False]


@pytest.mark.parametrize("code", ["en", "fr", "ar"])
def test_offer_is_asked_for_in_the_language_of_who_writes_it_first(code):
    with override(code):
        form = OfferForm({"last_day": "2026-05-04"})
        errors, names = list(form.errors), [field.name for field in form]

    assert (errors, names[0]) == ([f"text_{code}"], f"text_{code}")


def test_offer_is_gone_at_midnight_of_the_place_of_the_fair():
    with time_machine.travel("2026-06-01T12:00:00Z", tick=False):
        scene = fair(starts_in=0)
        one = exhibitor(scene.edition)
        offer = add_offer(one, actor=one.owner, last_day=timezone.localdate(), text_ar="عرض")

    last = offer.ends_at - timedelta(seconds=1)
    assert str(offer.ends_at) == "2026-06-01 23:00:00+00:00"
    assert list(offers_of(one, last)) == [offer]
    assert list(offers_of(one, offer.ends_at)) == []


@pytest.mark.parametrize(("days", "text", "refusal"), [(-2, "Less", OfferOver), (1, "", OfferEmpty)])
def test_offer_that_is_over_or_empty_is_refused(one, days, text, refusal):
    day = timezone.localdate() + timedelta(days=days)

    with pytest.raises(refusal):
        add_offer(one, actor=one.owner, last_day=day, text_en=text)

    assert FairOffer.objects.count() == 0


def test_booth_holds_so_many_offers(one):
    day = timezone.localdate() + timedelta(days=1)
    for _number in range(MOST_OFFERS):
        offer = add_offer(one, actor=one.owner, last_day=day, text_en="Less")

    with pytest.raises(TooManyOnPage):
        add_offer(one, actor=one.owner, last_day=day, text_en="One more")
    remove_offer(offer, actor=one.owner)
    assert FairOffer.objects.count() == MOST_OFFERS - 1


def test_paper_is_kept_under_a_name_that_nobody_can_guess_and_goes_with_its_row(
    one, django_capture_on_commit_callbacks
):
    document = add_document(one, actor=one.owner, name="Price list", upload=paper())
    kept = Path(document.file.path)

    assert (document.size, kept.suffix, "list" in kept.name) == (len(PDF), ".pdf", False)
    with django_capture_on_commit_callbacks(execute=True):
        remove_document(document, actor=one.owner)
    assert not kept.exists()


@pytest.mark.django_db(transaction=True)
def test_paper_is_read_while_nobody_waits_for_the_booth(one):
    upload = Watched()

    add_document(one, actor=one.owner, name="Price list", upload=upload)

    assert upload.locked == [False]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"<html><script>alert(1)</script>", PaperRefused),
        (b"%PDF-1.7 /JavaScript", PaperRefused),
        (b"%PDF" + b"x" * MOST_BYTES, DocumentTooLarge),
    ],
)
def test_file_that_is_no_safe_paper_is_kept_nowhere(one, content, refusal):
    with pytest.raises(refusal):
        add_document(one, actor=one.owner, name="x", upload=paper(content))

    assert BoothDocument.objects.count() == 0


def test_paper_is_handed_out_as_long_as_its_booth_is_shown(one, client):
    document = add_document(one, actor=one.owner, name="Price list", upload=paper())
    address = reverse("fairs:booth_paper", args=[one.edition.slug, document.pk])

    answer = client.get(address)

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="Price list.pdf"'
    one.allotments.update(until=timezone.now())
    assert client.get(address).status_code == 404


def test_desk_is_changed_page_by_page(one, client):
    client.force_login(one.owner)
    desk = reverse("fairs:booth_desk", args=[one.edition.slug])
    last_day = str(timezone.localdate() + timedelta(days=1))
    sent = {
        "texts": {"about_en": "Hello"},
        "people": {"name": "Amina", "languages": ["ar"]},
        "offers": {"text_fr": "Moins", "price_note": "−5 %", "last_day": last_day},
        "papers": {"name": "List", "upload": paper(LARGE)},
    }

    for part, told in sent.items():
        assert client.post(f"{desk}{part}/", told).status_code == 302

    context = client.get(desk).context
    assert (context["page"].about, context["hosts"][0].person.name) == ("Hello", "Amina")
    assert (context["offers"][0].text, context["documents"][0].name) == ("Moins", "List")


def test_one_button_says_who_is_there(one, client):
    person = add_person(one, actor=one.owner, name="Amina", languages=["ar"])
    client.force_login(one.owner)
    address = reverse("fairs:booth_person", args=[one.edition.slug, person.pk])

    client.post(address, {"where": "there"})
    person.refresh_from_db()
    assert person.there_since is not None
    client.post(address, {"where": "away"})
    person.refresh_from_db()
    assert person.there_since is None


@pytest.mark.parametrize(
    ("name", "saved"), [("Prices 2026/27", "Prices 2026-27.pdf"), ("/", "paper.pdf"), ("..\\a:b", "a-b.pdf")]
)
def test_paper_is_saved_under_its_whole_name(client, one, name, saved):
    document = add_document(one, actor=one.owner, name=name, upload=paper())

    page = client.get(reverse("fairs:booth_paper", args=[one.edition.slug, document.pk]))

    assert page["Content-Disposition"] == f'attachment; filename="{saved}"'


def test_text_that_turns_what_stands_around_it_is_straightened(client, one):
    client.force_login(one.owner)
    sent = {"text_en": "Less\u202e today", "last_day": one.edition.ends_on, "price_note": ""}

    client.post(reverse("fairs:booth_offers", args=[one.edition.slug]), sent)

    assert FairOffer.objects.get().text_en == "Less today"


def test_offer_of_the_fair_does_not_outlive_it(one):
    day = one.edition.ends_on + timedelta(days=1)

    with pytest.raises(OfferOutlives):
        add_offer(one, actor=one.owner, last_day=day, text_en="Less")

    assert not FairOffer.objects.exists()
