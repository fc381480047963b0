"""A message that was reported in the talk that is on now, and somebody who is unheard; all invented."""

from django.db import transaction

from fairs.demonstration import ORGANISER
from fairs.editions.models import Edition
from fairs.guests.models import Guest
from fairs.live.actions import write
from fairs.live.demonstration import NAMES, SLUG
from fairs.live.models import LiveRoom
from fairs.live.safety.actions import report_entry, take_measure
from fairs.live.safety.models import LiveMeasure, LiveReport
from fairs.live.safety.states import Measure
from fairs.live.stage.actions import take_away
from fairs.live.subjects.chat import KIND
from moussem.core.demonstration import demonstrates
from moussem.people.models import User

REPORTS = "buyer@demo.example"
SAID = "Saffron at a third of the price! Do not order here, write to me instead."
WORDS = "Somebody sells their own goods in a talk of others."
REASON = "Posted the same advertisement in four rooms within an hour."


@demonstrates(order=201, label="A report that waits", hourly=True)
@transaction.atomic
def bring_in_a_report() -> None:
    """One report is open on the desk of order, and one measure is in force."""
    edition = Edition.objects.filter(slug=SLUG).first()
    room = LiveRoom.objects.filter(edition=edition, session__name_en=NAMES["name_en"]).first()
    reporter, organiser = (User.objects.filter(email=one).first() for one in (REPORTS, ORGANISER))
    guests = Guest.objects.admitted().filter(edition=edition).exclude(person=reporter).order_by("-pk")
    if room is None or reporter is None or organiser is None or len(guests[:2]) < 2:
        return
    rude, loud = (one.person for one in guests[:2])
    LiveReport.objects.filter(edition=edition, reporter=reporter, words=WORDS).delete()
    LiveMeasure.objects.filter(edition=edition, reason=REASON).delete()
    said = write(room, KIND, {"text": SAID}, author=rude)
    report_entry(room, actor=reporter, seq=said.seq, words=WORDS)
    take_away(room, said.seq, KIND, actor=organiser)
    take_measure(edition, Measure.MUTE, actor=organiser, person=loud, reason=REASON)
