"""Sign up, confirm, stop, forget, and tell of the week."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from cms.newsletter import queries
from cms.newsletter.models import Subscription
from cms.pages.news import ArticlePage
from moussem.core.locks import lock_all
from moussem.core.log import record
from moussem.core.mail import post_mail
from moussem.core.rounds import in_chunks, try_each

# An address is written to about a sign-up this seldom, whoever types it in and however often.
ASKED_AGAIN_AFTER = timedelta(hours=12)
FORGOTTEN_AFTER = timedelta(days=30)


@transaction.atomic
def sign_up(
    email: str, *, language: str, subjects: Sequence[str], consent: str, now: datetime | None = None
) -> None:
    """Write to an address whether it wants the newsletter. What comes back never says if it is known."""
    now = now or timezone.now()
    email = email.lower()
    Subscription.objects.bulk_create(
        [Subscription(email=email, language=language, asked_at=now)], ignore_conflicts=True
    )
    held = lock_all(Subscription.objects.filter(email=email)).get()
    if held.asked is not None and held.asked_at > now - ASKED_AGAIN_AFTER:
        return
    held.asked_at = now
    held.asked = {"language": language, "subjects": sorted(subjects), "consent": consent}
    held.save(update_fields=["asked", "asked_at"])
    record("newsletter.asked", held, actor=None, language=language)
    with override(language):
        address = _address("newsletter:confirm", queries.confirm_token(held))
    post_mail("cms/newsletter/mail/confirm.txt", to=email, language=language, address=address)


@transaction.atomic
def confirm(subscription: Subscription, *, now: datetime | None = None) -> Subscription:
    """What was asked for holds from now on. Pressed twice, it is confirmed once."""
    now = now or timezone.now()
    held = lock_all(Subscription.objects.filter(pk=subscription.pk)).get()
    # A link that was opened before, or one of an older sign-up.
    if held.asked is None or held.asked_at != subscription.asked_at:
        return held
    held.language, held.subjects = held.asked["language"], held.asked["subjects"]
    held.consent, held.asked = held.asked["consent"], None
    held.confirmed_at, held.stopped_at = now, None
    held.save()
    record("newsletter.confirmed", held, actor=None, consent=held.consent)
    return held


@transaction.atomic
def stop(subscription: Subscription, *, now: datetime | None = None) -> Subscription:
    """No mail goes there any more, unless the reader signs up and confirms anew."""
    held = lock_all(Subscription.objects.filter(pk=subscription.pk)).get()
    if held.stopped_at is None:
        held.stopped_at, held.asked = now or timezone.now(), None
        held.save(update_fields=["stopped_at", "asked"])
        record("newsletter.stopped", held, actor=None)
    return held


@transaction.atomic
def forget(subscription: Subscription) -> None:
    """The address and all that was kept of it are erased; the log keeps that it was, not whose it was."""
    record("newsletter.forgotten", subscription, actor=None)
    subscription.delete()


def forget_unconfirmed(*, now: datetime | None = None) -> int:
    """Erase the addresses that nobody confirmed; how many."""
    found = queries.never_confirmed((now or timezone.now()) - FORGOTTEN_AFTER)
    return found.delete()[0]


def tell_of_week(*, now: datetime | None = None) -> int:
    """Write to every reader what came out in the last week, once; how many mails."""
    monday = queries.week_to_tell(now or timezone.now())
    if monday is None:
        return 0
    news = {code: queries.articles_of_week(code, monday) for code, _name in settings.LANGUAGES}

    def tell(subscription: Subscription) -> int:
        return _tell(subscription, news, monday)

    return sum(try_each(in_chunks(queries.due_subscriptions(monday)), tell))


@transaction.atomic
def _tell(subscription: Subscription, news: dict[str, list[ArticlePage]], monday: datetime) -> int:
    """One reader's mail. What changed since they were looked up is looked at again."""
    due = queries.due_subscriptions(monday).filter(pk=subscription.pk)
    held = lock_all(due).first()
    if held is None:
        return 0
    held.told_week = monday.date()
    held.save(update_fields=["told_week"])
    wanted = [one for one in news[held.language] if not held.subjects or one.subject in held.subjects]
    if not wanted:
        return 0
    _post(held, wanted)
    return 1


def _post(subscription: Subscription, articles: Sequence[ArticlePage]) -> None:
    with override(subscription.language):
        address = _address("newsletter:stop", queries.stop_token(subscription))
        told = [
            (one.title, one.get_subject_display(), one.intro, f"{settings.SITE_URL}{one.get_url()}")
            for one in articles
        ]
        sign_up_address = _address("newsletter:sign_up")
    post_mail(
        "cms/newsletter/mail/week.txt",
        to=subscription.email,
        language=subscription.language,
        # Whatever happens to the row, a week is told of once.
        key=f"newsletter:{subscription.pk}:{subscription.told_week}",
        number=len(told),
        first=told[0][0],
        articles=told,
        stop_address=address,
        sign_up_address=sign_up_address,
        # RFC 8058: the reader's mail program shows a button of its own, and posts here.
        headers={
            "List-Unsubscribe": f"<{address}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _address(name: str, *args: Any) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"
