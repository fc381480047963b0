"""The addresses of a selection, of guests, announcements and the report of an edition."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile

from fairs.announcements.actions import announce
from fairs.announcements.states import Audience
from fairs.models import Appeal, ReportPaper
from moussem.core.log import record
from tests.factories.fairs import ApplicationFactory, who_applies, who_runs
from tests.factories.guests import buyer
from tests.factories.organisations import MembershipFactory
from tests.factories.selection import judging

PUBLIC = {
    "fairs:register": "whoever is signed in registers for an announced edition; drafts are below",
}


def build(applicant: Any, guest: Any) -> SimpleNamespace:
    """An edition with a jury, an application of the seller that appealed, and a buyer who was invited."""
    edition = judging(jurors=1)
    application = ApplicationFactory(edition=edition, organisation=applicant.organisation, sent=True)
    other = ApplicationFactory(edition=edition, sent=True)
    appeal = Appeal.objects.create(application=other, text="Look again.", sent_by=who_applies(other))
    registered = buyer(edition, guest)
    registered.evidence.save("paper.pdf", ContentFile(b"%PDF-1.7 register %%EOF"))
    runs = who_runs(edition)
    texts = dict.fromkeys(("en", "fr", "ar"), "The doors open at nine.")
    told, _mails = announce(edition, actor=runs, audience=Audience.EVERYBODY, texts=texts)
    facts = {"places": 1, "quotas": [], "candidates": [], "accepted": [], "waiting": []}
    decision = record("decided", edition, actor=runs, **facts)
    paper = ReportPaper.objects.create(edition=edition, kind="pdf", asked_by=runs)
    paper.file.save("report.pdf", ContentFile(b"%PDF-1.7 report %%EOF"))
    return SimpleNamespace(
        edition=edition,
        paper=paper,
        organiser=edition.series.organiser.memberships.get(),
        juror=MembershipFactory(user=edition.jurors.get().person, organisation__buyer=True),
        seat=edition.jurors.get(),
        application=application,
        other=other,
        appeal=appeal,
        guest=registered,
        told=told,
        decision=decision,
    )


def owned(shown: Any, applicant: Any, guest: Any) -> Iterator[tuple[Any, ...]]:
    """Name, arguments, keeper, whether it is shared, and what its keeper could send."""
    slug, runs = {"slug": shown.edition.slug}, shown.organiser
    application = {**slug, "pk": shown.other.pk}
    texts = {f"text_{code}": "Ours now" for code in ("en", "fr", "ar")}
    for name in ("selection", "decided", "rubric", "seed_rubric", "decide", "close_waiting", "report"):
        yield f"fairs:{name}", slug, runs
    yield "fairs:replay", {**slug, "pk": shown.decision.pk}, runs
    yield "fairs:report_xlsx", slug, runs
    yield "fairs:report_pdf", slug, runs
    yield "fairs:report_papers", slug, runs
    yield "fairs:ask_report_paper", slug, runs, False, {"kind": "pdf"}
    yield "fairs:report_paper", {**slug, "pk": shown.paper.pk}, runs
    yield "fairs:plan_selection", slug, runs, False, {"places": "9"}
    yield "fairs:invite", slug, runs, False, {"email": applicant.user.email}
    yield "fairs:dismiss", {**slug, "pk": shown.seat.pk}, runs
    yield "fairs:reviews", application, runs
    answer = {"granted": "yes", "answer": "Ours now"}
    yield "fairs:answer", {**slug, "pk": shown.appeal.pk}, runs, False, answer
    yield "fairs:judge", slug, shown.juror
    scores = {"score-product": "3", "score-price": "3"}
    yield "fairs:judge_one", application, shown.juror, False, scores
    yield "fairs:appeal", slug, applicant, False, {"text": "Ours now"}
    yield "fairs:announcements", slug, runs, False, {**texts, "audience": "everybody"}
    yield "fairs:take_back_announcement", {**slug, "pk": shown.told.pk}, runs
    yield "fairs:guests", slug, runs
    yield "fairs:hosting", slug, runs, False, {"places": "9", "meetings": "9"}
    for name in ("guest", "admit", "guest_evidence"):
        yield f"fairs:{name}", {**slug, "pk": shown.guest.pk}, runs
    for name in ("vet", "vet_many"):
        yield f"fairs:{name}", slug, runs
    yield "fairs:vet_admit", {**slug, "pk": shown.guest.pk}, runs
    yield "fairs:vet_refuse", {**slug, "pk": shown.guest.pk}, runs, False, {"reason": "Ours now"}
    yield "fairs:refuse_guest", {**slug, "pk": shown.guest.pk}, runs, False, {"reason": "Ours now"}
    yield "fairs:host", {**slug, "pk": shown.guest.pk}, runs, False, {"support": "Ours now"}
    for name in ("registration", "cancel_registration", "answer_hosting"):
        yield f"fairs:{name}", slug, guest
