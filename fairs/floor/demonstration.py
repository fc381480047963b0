"""Two halls of the fair that runs today with 25 exhibitors, and one hall of the fair that is over."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from catalogue.models import Product
from fairs.demonstration import ORGANISER
from fairs.editions.models import Edition
from fairs.floor.actions import allot_at_once, mean_booths_for, start_hall, take_drawing
from fairs.floor.geometry import Table, extent_of, places_of
from fairs.floor.models import (
    Allotment,
    Booth,
    BoothDocument,
    BoothPage,
    BoothStaff,
    FairOffer,
    Hall,
)
from fairs.selection.models import Exhibitor
from moussem.core.dates import today_here
from moussem.core.demonstration import demonstrates
from moussem.organisations.models import Organisation
from moussem.people.models import User

DRAWING = Path(__file__).parent / "reference" / "demo_hall.svg"
RUNNING, OVER = "demo-made-in-africa", "demo-made-in-africa-casablanca"
HALLS = (
    {"name_en": "Hall 1", "name_fr": "Hall 1", "name_ar": "القاعة 1"},
    {"name_en": "Hall 2, round the fountain", "name_fr": "Hall 2, autour de la fontaine"}
    | {"name_ar": "القاعة 2، حول النافورة"},
)
TABLE = Table(rows=4, columns=8, width=30, depth=30, aisle=25, block=4, doors=("top", "bottom"))
# Which booths are meant for which category, by the place of the category in the list of the edition.
MEANT = ((0, "A1-A8", 0), (0, "B1-D8", 1), (1, "E1-F5", 2), (1, "G1-J8", 3))
CATEGORY_OF = {
    "spices-herbs": 0,
    "oils": 1,
    "sweet-dry": 1,
    "pantry": 1,
    "sea": 1,
    "wellness": 2,
    "crafts": 3,
    "textiles-leather": 3,
}
EXHIBITORS = 25
BEFORE = 8
SHOWN = 6
OFFERS = (
    (
        "Ten per cent less for every order that is placed at the booth.",
        "Dix pour cent de moins pour toute commande passée au stand.",
        "خصم عشرة في المائة على كل طلبية تقدم في الرواق.",
        "−10 %",
        1,
    ),
    (
        "A sample to take home, free of charge, for buyers who come with a purchase plan.",
        "Un échantillon offert aux acheteurs qui viennent avec un plan d’achat.",
        "عينة مجانية للمشترين الذين يأتون بخطة شراء.",
        "",
        0,
    ),
)
PEOPLE = (("Fadma Aït Lahcen", ["ar", "zgh", "fr"]), ("Youssef Benali", ["ar", "fr", "en"]))
ABOUT = {
    "about_en": "Taste and compare at our table: this year’s harvest beside last year’s, with the laboratory "
    "report of each lot. Bring your questions about packing and labels.",
    "about_fr": "Goûtez et comparez à notre table : la récolte de l’année à côté de la précédente, avec le "
    "bulletin d’analyse de chaque lot. Venez avec vos questions d’emballage et d’étiquetage.",
    "about_ar": "تذوقوا وقارنوا على طاولتنا: محصول هذه السنة بجانب محصول السنة الماضية، مع تقرير المختبر لكل "
    "دفعة. ولا تترددوا في طرح أسئلتكم عن التعبئة والعنونة.",
}


@demonstrates(order=91, label="Halls and booths", reads=[DRAWING], daily=True)
@transaction.atomic
def bring_in_the_floor() -> None:
    """Halls, exhibitors and booth pages; what stands around today is set anew each day."""
    organiser = User.objects.get(email=ORGANISER)
    over, running = (Edition.objects.get(slug=slug) for slug in (OVER, RUNNING))
    sellers = list(Organisation.objects.filter(code__regex=r"^c[0-9]{2}$").order_by("code")[:EXHIBITORS])
    if not over.halls.exists():
        _stood_before(over, sellers[:BEFORE])
    exhibitors = [_exhibitor(running, seller) for seller in sellers]
    if not running.halls.exists():
        _draw(running, organiser)
    if not Allotment.objects.filter(booth__edition=running).exists():
        allot_at_once(running, actor=organiser)
    for number, exhibitor in enumerate(exhibitors):
        _show(exhibitor, number)


def _exhibitor(edition: Edition, seller: Organisation) -> Exhibitor:
    families = Product.objects.listed().filter(organisation=seller).order_by("pk")
    departments = families.values_list("product_class__department__slug", flat=True)
    places = [CATEGORY_OF[slug] for slug in departments if slug in CATEGORY_OF]
    categories = list(edition.categories.all())
    category = categories[max(set(places), key=places.count) if places else 0]
    exhibitor, _new = Exhibitor.objects.get_or_create(
        edition=edition, organisation=seller, defaults={"category": category}
    )
    return exhibitor


def _draw(edition: Edition, organiser: User) -> None:
    first = start_hall(edition, actor=organiser, table=TABLE, **HALLS[0])
    # The second is drawn anew at once: its booths are those of the drawing.
    second = start_hall(edition, actor=organiser, table=Table(1, 1, 30, 30, 30, first_row=20), **HALLS[1])
    upload = ContentFile(DRAWING.read_bytes(), name=DRAWING.name)
    take_drawing(second, actor=organiser, upload=upload)
    second.booths.standing().update(area=9, is_measured=True)
    categories = list(edition.categories.all())
    for place, numbers, category in MEANT:
        hall = (first, second)[place]
        rows = numbers.replace("-", " ").split()
        meant = hall.booths.standing().filter(number__gte=rows[0], number__lte=rows[1])
        mean_booths_for(
            hall,
            actor=organiser,
            numbers=list(meant.values_list("number", flat=True)),
            category=categories[category],
        )


def _stood_before(edition: Edition, sellers: list[Organisation]) -> None:
    """A hall of the fair that is over: it is drawn without the actions, which refuse what is over."""
    table = Table(rows=2, columns=6, width=30, depth=30, aisle=25)
    places = places_of(table)
    width, height = extent_of(places, table.aisle)
    hall = Hall.objects.create(edition=edition, width=width, height=height, **HALLS[0])
    booths = [
        Booth.objects.create(
            edition=edition,
            hall=hall,
            number=one.number,
            area=9,
            x=one.x,
            y=one.y,
            width=one.width,
            height=one.height,
        )
        for one in places
    ]
    for booth, seller in zip(booths, sellers, strict=False):
        Allotment.objects.create(booth=booth, exhibitor=_exhibitor(edition, seller))


def _show(exhibitor: Exhibitor, number: int) -> None:
    page, _new = BoothPage.objects.update_or_create(exhibitor=exhibitor, defaults=ABOUT)
    own = Product.objects.listed().filter(organisation=exhibitor.organisation).order_by("pk")
    page.products.set(own[:SHOWN])
    now = timezone.now()
    for place, (name, languages) in enumerate(PEOPLE[: 1 + number % 2]):
        there = now if (number + place) % 3 else None
        BoothStaff.objects.update_or_create(
            exhibitor=exhibitor, name=name, defaults={"languages": languages, "there_since": there}
        )
    exhibitor.fair_offers.all().delete()
    for text_en, text_fr, text_ar, note, days in OFFERS[: 2 if number == 0 else number % 3 == 0]:
        FairOffer.objects.create(
            exhibitor=exhibitor,
            text_en=text_en,
            text_fr=text_fr,
            text_ar=text_ar,
            price_note=note,
            last_day=min(today_here() + timedelta(days=days), exhibitor.edition.ends_on),
        )
    if number % 4 == 0 and not exhibitor.documents.exists():
        paper = ContentFile(_price_list(), name="price-list.pdf")
        BoothDocument.objects.create(
            exhibitor=exhibitor, name="Tarif / Price list", file=paper, size=paper.size
        )


def _price_list() -> bytes:
    sheet = Image.new("L", (620, 877), 255)
    draw = ImageDraw.Draw(sheet)
    draw.text((70, 100), "DEMONSTRATION", fill=0, font=ImageFont.load_default(24))
    buffer = BytesIO()
    sheet.save(buffer, "PDF")
    return buffer.getvalue()
