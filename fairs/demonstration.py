"""Three editions of invented fairs: one that is over, one that runs today, one that is announced."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from fairs.applications.models import Category, Deadline, Question
from fairs.applications.states import QuestionKind
from fairs.editions.models import Break, Day, Edition, Series
from fairs.editions.states import BreakKind, EditionState, Mode
from moussem.core.dates import today_here
from moussem.core.demonstration import PASSWORD, SIGN_INS, SignIn, demonstrates
from moussem.organisations.models import Membership, Organisation
from moussem.organisations.states import Kind, Role, Verification
from moussem.people.models import User

ORGANISER = "organiser@demo.example"
SIGN_INS.append(SignIn(ORGANISER, "organiser of fairs", "/en/fairs/demo-made-in-africa/organise/live/order/"))


@dataclass(frozen=True)
class Shown:
    """An edition of the demonstration, by how many days before or after today it starts."""

    slug: str
    fair: str
    state: EditionState
    mode: Mode
    starts_in: int
    length: int
    names: tuple[str, str, str]
    places: tuple[str, str, str]
    summaries: tuple[str, str, str]


AFRICA = (
    "Three days in two halls for what Africa makes: terroir, textiles, cosmetics and crafts. Buyers meet "
    "exhibitors in the halls and, where they cannot travel, on a screen.",
    "Trois jours et deux halls pour ce que l’Afrique produit : terroir, textile, cosmétique et artisanat. "
    "Les acheteurs rencontrent les exposants dans les halls et, s’ils ne peuvent pas voyager, à l’écran.",
    "ثلاثة أيام في قاعتين لما تنتجه إفريقيا: منتجات مجالية ونسيج ومستحضرات تجميل وصناعة تقليدية. يلتقي "
    "المشترون بالعارضين في القاعتين، ومن تعذر عليه السفر فعلى الشاشة.",
)
TERROIR = (
    "Two days on a screen with cooperatives of all regions: their products, their lots and their proofs, and "
    "meetings at hours that suit both sides.",
    "Deux jours à l’écran avec des coopératives de toutes les régions : leurs produits, leurs lots, leurs "
    "preuves, et des rendez-vous à des heures qui conviennent aux deux parties.",
    "يومان على الشاشة مع تعاونيات من جميع الجهات: منتجاتها ودفعاتها وإثباتاتها، "
    "ومواعيد في ساعات تناسب الطرفين.",
)
CASABLANCA = ("Casablanca", "Casablanca", "الدار البيضاء")
MARRAKECH = ("Marrakech", "Marrakech", "مراكش")
ONLINE = ("Online", "En ligne", "عبر الإنترنت")
SHOWN = (
    Shown(
        "demo-made-in-africa-casablanca",
        "africa",
        EditionState.CLOSED,
        Mode.IN_PERSON,
        -24,
        3,
        (
            "Made in Africa, Casablanca (demonstration)",
            "Made in Africa, Casablanca (démonstration)",
            "صنع في إفريقيا، الدار البيضاء (عرض تجريبي)",
        ),
        CASABLANCA,
        AFRICA,
    ),
    Shown(
        "demo-made-in-africa",
        "africa",
        EditionState.RUNNING,
        Mode.HYBRID,
        -1,
        3,
        (
            "Made in Africa, Marrakech (demonstration)",
            "Made in Africa, Marrakech (démonstration)",
            "صنع في إفريقيا، مراكش (عرض تجريبي)",
        ),
        MARRAKECH,
        AFRICA,
    ),
    Shown(
        "demo-terroir-online",
        "terroir",
        EditionState.OPEN,
        Mode.DIGITAL,
        45,
        2,
        (
            "Digital fair of terroir (demonstration)",
            "Foire numérique du terroir (démonstration)",
            "المعرض الرقمي للمنتجات المجالية (عرض تجريبي)",
        ),
        ONLINE,
        TERROIR,
    ),
)
CATEGORIES = (
    ("Saffron, spices and herbs", "Safran, épices et herbes", "الزعفران والتوابل والأعشاب"),
    ("Oils, honey and dates", "Huiles, miel et dattes", "الزيوت والعسل والتمور"),
    ("Cosmetics", "Cosmétique", "مستحضرات التجميل"),
    ("Textiles and crafts", "Textile et artisanat", "النسيج والصناعة التقليدية"),
)
QUESTIONS = (
    (
        QuestionKind.TEXT,
        True,
        (
            "What do you hope to come home with?",
            "Que souhaitez-vous rapporter de cette foire ?",
            "بماذا ترغبون في العودة من هذا المعرض؟",
        ),
    ),
    (
        QuestionKind.YES_NO,
        True,
        (
            "Have you exhibited at a fair before?",
            "Avez-vous déjà exposé dans une foire ?",
            "هل سبق لكم أن عرضتم في معرض؟",
        ),
    ),
    (
        QuestionKind.NUMBER,
        False,
        ("How many people come along?", "Combien de personnes viendront ?", "كم عدد الأشخاص الذين سيحضرون؟"),
    ),
)
# The last day of applications, in days before the first day of the fair.
CLOSES_BEFORE = 21
HOURS = (time(9), time(18))
BREAKS = (
    (BreakKind.LUNCH, None, time(13), time(14)),
    (BreakKind.PRAYER, None, time(16, 30), time(16, 50)),
)


@demonstrates(order=90, label="Fairs around today", daily=True)
@transaction.atomic
def bring_in_the_fairs() -> None:
    """The organiser, who may sign in, and the three editions at their distance from today."""
    body = _organiser()
    today = today_here()
    series: dict[str, Series] = {}
    for shown in SHOWN:
        if shown.fair not in series:
            series[shown.fair] = _series(body, shown)
        _edition(series[shown.fair], shown, today)


def _organiser() -> Organisation:
    morocco = Organisation.objects.filter(kind=Kind.COOPERATIVE).values_list("country", flat=True).first()
    body, _new = Organisation.objects.update_or_create(
        code="demo-fairs",
        defaults={
            "kind": Kind.AGENCY,
            "name": "Agence des foires Démo",
            "name_ar": "وكالة المعارض (تجريبية)",
            "slug": "agence-des-foires-demo",
            "country_id": morocco,
            "city": "Marrakech",
            "languages": ["ar", "fr", "en"],
            "verification": Verification.VERIFIED,
            "is_demonstration": True,
        },
    )
    person, new = User.objects.update_or_create(
        email=ORGANISER,
        defaults={"first_name": "Nadia", "last_name": "Cherkaoui", "language": "fr"},
    )
    if new or not person.check_password(PASSWORD):
        person.password = make_password(PASSWORD)
        person.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    Membership.objects.update_or_create(user=person, organisation=body, defaults={"role": Role.OWNER})
    return body


def _series(body: Organisation, shown: Shown) -> Series:
    known = Edition.objects.filter(slug=shown.slug).select_related("series").first()
    names = dict(zip(("name_en", "name_fr", "name_ar"), shown.names, strict=True))
    return known.series if known else Series.objects.create(organiser=body, **names)


def _edition(series: Series, shown: Shown, today: date) -> None:
    first = today + timedelta(days=shown.starts_in)
    texts = {
        f"{field}_{language}": text
        for field, told in (("name", shown.names), ("place", shown.places), ("summary", shown.summaries))
        for language, text in zip(("en", "fr", "ar"), told, strict=True)
    }
    edition, _new = Edition.objects.update_or_create(
        slug=shown.slug,
        defaults={
            "series": series,
            "state": shown.state,
            "mode": shown.mode,
            "starts_on": first,
            "ends_on": first + timedelta(days=shown.length - 1),
            "is_demonstration": True,
            # Somebody may have tried what it is to withdraw it.
            "withdrawn_at": None,
            "withdrawal": "",
            **texts,
        },
    )
    edition.days.all().delete()
    edition.breaks.all().delete()
    Day.objects.bulk_create(
        Day(edition=edition, on=first + timedelta(days=number), opens=HOURS[0], closes=HOURS[1])
        for number in range(shown.length)
    )
    if not edition.categories.exists():
        _ask(edition)
    Deadline.objects.update_or_create(
        edition=edition,
        region=None,
        province=None,
        category=None,
        defaults={"last_day": first - timedelta(days=CLOSES_BEFORE)},
    )
    Break.objects.bulk_create(
        Break(edition=edition, kind=kind, on=on, begins=begins, ends=ends)
        for kind, on, begins, ends in BREAKS
    )


def _ask(edition: Edition) -> None:
    for position, names in enumerate(CATEGORIES):
        Category.objects.create(
            edition=edition, position=position, name_en=names[0], name_fr=names[1], name_ar=names[2]
        )
    for position, (kind, is_required, names) in enumerate(QUESTIONS):
        Question.objects.create(
            edition=edition,
            kind=kind,
            is_required=is_required,
            position=position,
            name_en=names[0],
            name_fr=names[1],
            name_ar=names[2],
        )


def person_of(organisation: Organisation, **told: str) -> User:
    """Who comes for an organisation: its first member, else an owner at the address of its file.

    The owner cannot sign in: letters reach somebody, and nobody is handed a password that was not printed.
    """
    members = organisation.memberships.active().select_related("user").order_by("pk")
    if member := members.first():
        return member.user
    # Nobody's name: a role, marked as the demonstration's.
    role = "Responsable achats" if organisation.kind == Kind.BUYER else "Responsable export"
    told |= {"first_name": role, "last_name": f"Démo {(organisation.code or '').upper()}".strip()}
    told["password"] = make_password(None)
    person, _new = User.objects.get_or_create(email=organisation.email, defaults=told)
    Membership.objects.create(user=person, organisation=organisation, role=Role.OWNER)
    return person
