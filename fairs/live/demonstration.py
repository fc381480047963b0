"""A talk of the running fair that is on at this very hour; everybody in it is invented."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from fairs.demonstration import ORGANISER
from fairs.editions.models import Edition
from fairs.editions.states import Mode
from fairs.live.actions import open_session_room, write
from fairs.live.models import LiveRoom
from fairs.live.stage.actions import ask_question, lead_poll, lead_question, vote_for_question, write_poll
from fairs.live.stage.states import PollState, QuestionState, Results
from fairs.live.subjects.chat import KIND
from fairs.sessions.models import TOLD, Session, Showing
from fairs.sessions.queries import speaking_of
from moussem.core.demonstration import demonstrates
from moussem.people.models import User

SLUG = "demo-made-in-africa"
NAMES = {
    "name_en": "Open stage: ask the cooperatives",
    "name_fr": "Scène ouverte : questions aux coopératives",
    "name_ar": "المنصة المفتوحة: أسئلة للتعاونيات",
    "text_en": "Two hours in which buyers ask and cooperatives answer, whenever you look.",
    "text_fr": "Deux heures de questions aux coopératives, à quelque heure que vous passiez.",
    "text_ar": "ساعتان يسأل فيهما المشترون وتجيب التعاونيات، متى زرتم هذا العرض التجريبي.",
}
SPEAKERS = ("Brahim Démo-Ouali", "Claire Démo-Martin")
# Whose words, how many minutes ago, and what.
SAID = (
    (
        "buyer@demo.example",
        11,
        "Hello from Lyon. Which lots of this harvest have a laboratory report?",
    ),
    (
        "cooperative@demo.example",
        9,
        "مرحبًا. الدفعتان الأولى والثانية من محصول هذه السنة محللتان، والتقرير في صفحة كل دفعة.",
    ),
    ("cooperative2@demo.example", 6, "Bonjour ! Chez nous, chaque lot part avec son certificat d’origine."),
    ("buyer@demo.example", 3, "Thank you. I have asked for a sample at your stand."),
)
HOURS = 2
# Who asks, who wants it answered as well, what, and what is answered in writing.
ASKED = (
    (
        "buyer@demo.example",
        ("cooperative2@demo.example",),
        "What is your smallest order for a first shipment to France?",
        "Half a kilo, by courier, within five days; the price stands on each product.",
    ),
    (
        "cooperative2@demo.example",
        ("buyer@demo.example",),
        "Qui paie l’analyse du lot, vous ou l’acheteur ?",
        "",
    ),
)
POLL = {
    "en": "How would you like to receive your first order?",
    "fr": "Comment souhaitez-vous recevoir votre première commande ?",
    "ar": "كيف تودون استلام طلبيتكم الأولى؟",
}
CHOICES = {
    "en": ("By courier", "By air freight", "With other goods by sea"),
    "fr": ("Par coursier", "Par fret aérien", "Par mer, avec d’autres marchandises"),
    "ar": ("بالبريد السريع", "بالشحن الجوي", "بحرًا مع بضائع أخرى"),
}


@demonstrates(order=199, label="A talk that is on now", hourly=True)
@transaction.atomic
def bring_in_a_talk() -> None:
    """One session on screens from this hour on, its room open, with what was said so far."""
    edition = Edition.objects.filter(slug=SLUG).first()
    if edition is None or not edition.releases.exists():
        return
    edition.sessions.filter(name_en=NAMES["name_en"]).delete()
    now = timezone.now()
    session = _session(edition, _hour_of(edition, now))
    told = {name: getattr(session, name) for name in TOLD}
    release = edition.releases.latest("number")
    Showing.objects.create(
        session=session, edition=edition, release=release, sequence=0, speaking=speaking_of(session), **told
    )
    _talk(open_session_room(session, now=now), now)


def _hour_of(edition: Edition, now: datetime) -> datetime:
    """The full hour at the fair, early enough for the talk to end on the same day."""
    here = now.astimezone(ZoneInfo(edition.time_zone))
    return here.replace(hour=min(here.hour, 24 - HOURS), minute=0, second=0, microsecond=0)


def _session(edition: Edition, begins: datetime) -> Session:
    session = Session.objects.create(
        edition=edition,
        mode=Mode.DIGITAL,
        begins_at=begins,
        ends_at=begins + timedelta(hours=HOURS),
        languages=["ar", "fr", "en"],
        interpretation=[],
        **NAMES,
    )
    session.speakers.set(edition.speakers.filter(name__in=SPEAKERS))
    return session


def _talk(room: LiveRoom, now: datetime) -> None:
    people = {one.email: one for one in User.objects.filter(email__in={who for who, _ago, _text in SAID})}
    for who, ago, text in SAID:
        if who in people:
            write(room, KIND, {"text": text}, author=people[who], now=now - timedelta(minutes=ago))
    organiser = User.objects.filter(email=ORGANISER).first()
    if organiser is not None:
        _ask(room, people, organiser)


def _ask(room: LiveRoom, people: dict[str, User], organiser: User) -> None:
    """Two questions, one of them answered, and a poll that is open."""
    for who, others, text, answer in ASKED:
        if who not in people:
            continue
        asked = ask_question(room, text, author=people[who], client_uuid=uuid4(), is_anonymous=False)
        for other in others:
            if other in people:
                vote_for_question(room, asked.pk, voter=people[other], wants=True)
        if answer:
            lead_question(room, asked.pk, QuestionState.ANSWERED, actor=organiser, answer=answer)
    poll = write_poll(room, POLL, CHOICES, results=Results.VOTED, actor=organiser, client_uuid=uuid4())
    lead_poll(room, poll.pk, PollState.OPEN, actor=organiser)
