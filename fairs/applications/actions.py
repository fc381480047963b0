"""An application is started, kept, sent and taken back; its deadline is set and extended."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from fairs.applications.deadlines import closes_at, is_open, last_day_for
from fairs.applications.errors import (
    CategoryInUse,
    DayOver,
    DeadlineOver,
    NoCall,
    NotADraft,
    NotComplete,
    NotLater,
)
from fairs.applications.models import Application, Category, Deadline, Question
from fairs.applications.queries import (
    certificates_in_force,
    drafts_under,
    products_to_show,
    questions_for,
    terms_of,
)
from fairs.applications.rules import may_apply, takes_applications
from fairs.applications.states import ApplicationState
from fairs.editions.cloning import goes_along
from fairs.editions.errors import NotPlannedAnyMore
from fairs.editions.models import Edition
from fairs.editions.rules import may_organise
from fairs.editions.states import EditionState
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.mail import write_mail
from moussem.core.models import OutboxMessage
from moussem.core.moves import move, standing
from moussem.core.outbox import post_all

MOST_PRODUCTS = 30
COHORT = ("region", "province", "category")


@transaction.atomic
def start_application(edition: Edition, *, actor: Any, organisation: Any) -> Application:
    """The seller's application for an edition, a draft at first; started twice, it is one."""
    require(may_apply(actor, organisation), NotYours)
    if found := Application.objects.filter(edition=edition, organisation=organisation).first():
        return found
    require(takes_applications(edition), NoCall)
    application, created = Application.objects.get_or_create(
        edition=edition,
        organisation=organisation,
        defaults={"started_by": actor, "languages": organisation.languages},
    )
    if created:
        record("started", application, actor=actor)
    return application


@transaction.atomic
def keep_application(
    application: Application, *, actor: Any, products: Iterable[Any] | None = None, **typed: Any
) -> Application:
    """What was typed in one step, kept in the draft; a draft is kept after its deadline too."""
    require(may_apply(actor, application.organisation), NotYours)
    application = lock(application)
    require(application.state == ApplicationState.DRAFT, NotADraft, happened=standing(application))
    if "answers" in typed:
        # One step knows some questions; what was answered to others stays.
        typed["answers"] = {**application.answers, **typed["answers"]}
    for name, value in typed.items():
        setattr(application, name, value)
    if typed:
        application.save(update_fields=list(typed))
    if products is not None:
        own = products_to_show(application.organisation)
        application.products.set(own.filter(pk__in=[one.pk for one in products])[:MOST_PRODUCTS])
    return application


def missing_in(application: Application) -> list[str]:
    """What an application lacks before it can be sent, a sentence each; nothing when it is complete."""
    missing = []
    if application.category is None and application.edition.categories.exists():
        missing.append(_("Choose a category."))
    for question in questions_for(application.edition, application.category):
        if question.is_required and application.answers.get(question.key) in (None, ""):
            missing.append(_("Answer “%(question)s”.") % {"question": question.label})
    if not application.products.exists():
        missing.append(_("Choose at least one product to show."))
    if not application.languages:
        missing.append(_("Say which languages are spoken at your stand."))
    return missing


@transaction.atomic
def send_application(application: Application, *, actor: Any, now: datetime | None = None) -> Application:
    """The application to the organiser, if it arrives in time and is complete."""
    require(may_apply(actor, application.organisation), NotYours)
    application = lock(application)
    now = now or timezone.now()
    if application.state == ApplicationState.DRAFT:
        _check_time(application, now)
        if missing := missing_in(application):
            raise NotComplete(missing=" ".join(missing))
    application.sent_at = now
    application.stated = state_of(application)
    move(application, ApplicationState.SENT, actor=actor, also=("sent_at", "stated"))
    _confirm(application, actor)
    return application


def _check_time(application: Application, now: datetime) -> None:
    """Refuse what comes too late for this applicant, by the server's clock and no other."""
    edition = application.edition
    require(takes_applications(edition), NoCall)
    last_day = last_day_for(
        terms_of(edition),
        region=application.organisation.region_id,
        province=application.organisation.province_id,
        category=application.category_id,
    )
    require(last_day, NoCall)
    in_time = is_open(last_day, edition.time_zone, now)
    require(in_time, DeadlineOver, day=date_format(last_day), zone=edition.time_zone)


def state_of(application: Application) -> dict[str, Any]:
    """What the marketplace knows of the applicant now: the decision is made on it, and explained by it."""
    one = application.organisation
    return {
        "name": one.name,
        "region": one.region_id,
        "province": one.province_id,
        "women_led": one.women_led,
        "remote_area": one.remote_area,
        "verification": one.verification,
        "products": sorted(application.products.values_list("pk", flat=True)),
        "certificates": sorted({held.type_id for held in certificates_in_force(one)}),
    }


def _confirm(application: Application, actor: Any) -> None:
    with override(actor.language):
        link = settings.SITE_URL + reverse("fairs:apply", args=[application.edition.slug])
    # Each sending is confirmed once.
    key = f"application:{application.pk}:{application.sent_at:%Y%m%d%H%M%S%f}"
    message = write_mail(
        "fairs/mail/application_sent.txt",
        to=actor.email,
        language=actor.language,
        key=key,
        application=application,
        link=link,
    )
    post_all([message])


@transaction.atomic
def take_back(application: Application, *, actor: Any) -> Application:
    """A sent or withdrawn application, to be changed and sent again as long as the deadline allows."""
    require(may_apply(actor, application.organisation), NotYours)
    application = lock(application)
    if application.state != ApplicationState.DRAFT:
        _check_time(application, timezone.now())
    return move(application, ApplicationState.DRAFT, actor=actor)


@transaction.atomic
def withdraw_application(application: Application, *, actor: Any) -> Application:
    """The application out of what the organiser decides upon."""
    require(may_apply(actor, application.organisation), NotYours)
    return move(lock(application), ApplicationState.WITHDRAWN, actor=actor)


@transaction.atomic
def set_deadline(
    edition: Edition, *, actor: Any, last_day: date, reason: str = "", now: datetime | None = None, **cohort: Any
) -> Deadline:
    """The last day for everybody or for a cohort; once announced it only moves to a later day.

    ``cohort`` names a region, a province or a category. Every draft that gains time by it is written to, once
    for each day that is set.
    """
    require(may_organise(actor, edition), NotYours)
    edition = lock(edition)
    require(edition.state in (EditionState.DRAFT, EditionState.OPEN), NotPlannedAnyMore)
    now = now or timezone.now()
    in_time = is_open(last_day, edition.time_zone, now)
    require(in_time, DayOver, day=date_format(last_day), zone=edition.time_zone)
    cohort = {name: cohort.get(name) for name in COHORT}
    deadline = edition.deadlines.filter(**_exactly(cohort)).first()
    was = deadline.last_day if deadline else None
    if was == last_day:
        return deadline
    announced = edition.state == EditionState.OPEN
    require(not (announced and was and last_day < was), NotLater, day=was and date_format(was))
    deadline = deadline or Deadline(edition=edition, **cohort)
    deadline.last_day, deadline.reason = last_day, reason
    gaining = [] if not announced else _who_gains(deadline, edition, now)
    deadline.save()
    said = {name: str(one.pk) for name, one in cohort.items() if one}
    record(
        "deadline_set", edition, actor=actor, was=was and str(was), now=str(last_day), reason=reason, **said
    )
    post_all(message for draft in gaining for message in _tell(draft, deadline))
    return deadline


def _exactly(cohort: dict[str, Any]) -> dict[str, Any]:
    return {name if one else f"{name}__isnull": one or True for name, one in cohort.items()}


def _who_gains(deadline: Deadline, edition: Edition, now: datetime) -> list[Application]:
    """The drafts under a deadline not kept yet whose own last day was an earlier one until now."""
    terms = terms_of(edition)

    def before(draft: Application) -> date | None:
        one = draft.organisation
        return last_day_for(terms, region=one.region_id, province=one.province_id, category=draft.category_id)

    return [draft for draft in drafts_under(deadline) if (before(draft) or date.min) < deadline.last_day]


def _tell(draft: Application, deadline: Deadline) -> Iterable[OutboxMessage]:
    """A mail to each person who may send the draft."""
    edition = draft.edition
    holders = draft.organisation.memberships.selling().select_related("user").order_by("pk")
    for user in {membership.user_id: membership.user for membership in holders}.values():
        with override(user.language):
            link = settings.SITE_URL + reverse("fairs:apply", args=[edition.slug])
        yield write_mail(
            "fairs/mail/deadline_extended.txt",
            to=user.email,
            language=user.language,
            key=f"extended:{draft.pk}:{deadline.last_day}:{user.pk}",
            application=draft,
            last_day=deadline.last_day,
            closes=closes_at(deadline.last_day, edition.time_zone) - timedelta(minutes=1),
            reason=deadline.reason,
            link=link,
        )


@transaction.atomic
def keep_category(edition: Edition, *, actor: Any, category: Category | None = None, **names: str) -> Category:
    """A category of exhibitors, new or under other names."""
    require(may_organise(actor, edition), NotYours)
    edition = lock(edition)
    require(edition.state in (EditionState.DRAFT, EditionState.OPEN), NotPlannedAnyMore)
    if category is None:
        category = Category(edition=edition, position=edition.categories.count())
    for name, value in names.items():
        setattr(category, name, value)
    category.save()
    record("category_kept", edition, actor=actor, category=category.pk, **names)
    return category


@transaction.atomic
def delete_category(edition: Edition, *, actor: Any, category: Category) -> None:
    """A category that nobody chose, gone with its questions."""
    require(may_organise(actor, edition), NotYours)
    edition = lock(edition)
    require(edition.state in (EditionState.DRAFT, EditionState.OPEN), NotPlannedAnyMore)
    chosen = category.applications.count()
    require(not chosen, CategoryInUse, category=category.label, count=chosen)
    record("category_deleted", edition, actor=actor, category=category.pk, name=category.name_en)
    category.delete()


@goes_along
def copy_what_is_asked(old: Edition, new: Edition) -> None:
    """Categories, questions and deadlines of an edition, for its clone; deadlines keep their distance."""
    moved = new.starts_on - old.starts_on
    copies: dict[int | None, Category | None] = {None: None}
    for category in old.categories.all():
        copies[category.pk] = Category.objects.create(
            edition=new,
            position=category.position,
            name_en=category.name_en,
            name_fr=category.name_fr,
            name_ar=category.name_ar,
        )
    Question.objects.bulk_create(
        Question(
            edition=new,
            category=copies[one.category_id],
            kind=one.kind,
            is_required=one.is_required,
            position=one.position,
            name_en=one.name_en,
            name_fr=one.name_fr,
            name_ar=one.name_ar,
        )
        for one in old.questions.all()
    )
    Deadline.objects.bulk_create(
        Deadline(
            edition=new,
            region_id=one.region_id,
            province_id=one.province_id,
            category=copies[one.category_id],
            last_day=one.last_day + moved,
        )
        for one in old.deadlines.all()
    )
