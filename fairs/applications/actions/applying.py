"""An application is started, kept, sent and taken back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fairs.applications.deadlines import is_open, last_day_for
from fairs.applications.errors import (
    CategoryGone,
    DeadlineOver,
    NoCall,
    NotADraft,
    NotComplete,
    SentStaysSent,
    StaysWithdrawn,
)
from fairs.applications.models import Application
from fairs.applications.queries import certificates_in_force, products_to_show, questions_for, terms_of
from fairs.applications.rules import may_apply, takes_applications
from fairs.applications.states import ApplicationState
from fairs.editions.actions import hold_edition
from fairs.editions.models import Edition
from fairs.editions.rules import refuse_once_put_away
from moussem.core.errors import NotYours, Refusal, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.mail import post_mail
from moussem.core.moves import move, standing
from moussem.core.sites import address_of
from moussem.core.templatetags.times import clock_of
from moussem.organisations.states import CHECKED

MOST_PRODUCTS = 30


def _while_called(edition: Edition) -> None:
    require(takes_applications(edition), NoCall)


@transaction.atomic
def start_application(edition: Edition, *, actor: Any, organisation: Any) -> Application:
    """The seller's application for an edition, a draft at first; started twice, it is one."""
    require(may_apply(actor, organisation), NotYours)
    if found := Application.objects.filter(edition=edition, organisation=organisation).first():
        return found
    edition = hold_edition(edition, _while_called)
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
    hold_edition(application.edition, refuse_once_put_away)
    application = lock(application)
    require(application.state == ApplicationState.DRAFT, NotADraft, happened=standing(application))
    if category := typed.get("category"):
        # Held to the end of the transaction: the organiser cannot delete it meanwhile.
        held = lock_all(application.edition.categories.filter(pk=category.pk)).first()
        require(held, CategoryGone)
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
        missing.append(_("Say which languages are spoken at your booth."))
    return missing


@transaction.atomic
def send_application(application: Application, *, actor: Any, now: datetime | None = None) -> Application:
    """The application to the organiser, if it arrives in time and is complete."""
    require(may_apply(actor, application.organisation), NotYours)
    hold_edition(application.edition, refuse_once_put_away)
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


def _check_time(application: Application, now: datetime, late: type[Refusal] = DeadlineOver) -> None:
    """Refuse what comes too late for this applicant, by the server's clock and no other."""
    edition = application.edition
    _while_called(edition)
    last_day = last_day_for(
        terms_of(edition),
        region=application.organisation.region_id,
        province=application.organisation.province_id,
        category=application.category_id,
    )
    require(last_day, NoCall)
    in_time = is_open(last_day, edition.time_zone, now)
    require(in_time, late, day=date_format(last_day), zone=clock_of(edition.time_zone))


def state_of(application: Application) -> dict[str, Any]:
    """What the marketplace knows of the applicant now: the decision is made on it, and explained by it."""
    one = application.organisation
    # Places are kept for these groups: what nobody has looked at yet earns none.
    is_checked = one.verification in CHECKED
    return {
        "name": one.name,
        "region": one.region_id,
        "province": one.province_id,
        "women_led": one.women_led and is_checked,
        "remote_area": one.remote_area and is_checked,
        "verification": one.verification,
        "products": sorted(application.products.values_list("pk", flat=True)),
        "certificates": sorted({held.type_id for held in certificates_in_force(one)}),
    }


def _confirm(application: Application, actor: Any) -> None:
    link = address_of("fairs:apply", application.edition.slug, language=actor.language)
    # Each sending is confirmed once.
    key = f"application:{application.pk}:{application.sent_at:%Y%m%d%H%M%S%f}"
    post_mail(
        "fairs/mail/application_sent.txt",
        to=actor.email,
        language=actor.language,
        key=key,
        application=application,
        link=link,
    )


@transaction.atomic
def take_back(application: Application, *, actor: Any) -> Application:
    """A sent or withdrawn application, to be changed and sent again as long as the deadline allows."""
    require(may_apply(actor, application.organisation), NotYours)
    hold_edition(application.edition, refuse_once_put_away)
    application = lock(application)
    if application.state != ApplicationState.DRAFT:
        late = StaysWithdrawn if application.is_withdrawn else SentStaysSent
        _check_time(application, timezone.now(), late)
    return move(application, ApplicationState.DRAFT, actor=actor)


@transaction.atomic
def withdraw_application(application: Application, *, actor: Any) -> Application:
    """The application out of what the organiser decides upon."""
    require(may_apply(actor, application.organisation), NotYours)
    # Who exhibited at an edition that is over is a record: the next one asks who comes for the first time.
    hold_edition(application.edition)
    return move(lock(application), ApplicationState.WITHDRAWN, actor=actor)
