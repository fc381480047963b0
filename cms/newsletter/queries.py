from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet

from cms.newsletter.models import Subscription
from cms.pages.news import ArticlePage
from cms.pages.queries import articles_in

CONFIRM_SALT, STOP_SALT = "cms.newsletter.confirm", "cms.newsletter.stop"
LINK_IS_GOOD_FOR = timedelta(days=7)
SENT_FROM_HOUR = 8


def confirm_token(subscription: Subscription) -> str:
    """The secret of the link that confirms what was asked for last, and nothing asked for later."""
    return signing.dumps([subscription.pk, subscription.asked_at.isoformat()], salt=CONFIRM_SALT)


def stop_token(subscription: Subscription) -> str:
    """The secret of the link in every mail; it never grows old."""
    return signing.dumps(subscription.pk, salt=STOP_SALT)


def subscription_to_confirm(token: str) -> Subscription | None:
    """The subscription whose link this is, while it waits for it or has been confirmed by it."""
    try:
        pk, asked_at = signing.loads(token, salt=CONFIRM_SALT, max_age=LINK_IS_GOOD_FOR)
    except signing.BadSignature:
        return None
    return Subscription.objects.filter(pk=pk, asked_at=datetime.fromisoformat(asked_at)).first()


def subscription_to_stop(token: str) -> Subscription | None:
    """The subscription that a link of our mails stops."""
    try:
        pk = signing.loads(token, salt=STOP_SALT)
    except signing.BadSignature:
        return None
    return Subscription.objects.filter(pk=pk).first()


def week_to_tell(now: datetime) -> datetime | None:
    """The Monday, at midnight in Morocco, that ends the week told of; None before its mails go out."""
    here = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    monday = datetime.combine(here.date() - timedelta(days=here.weekday()), time(), here.tzinfo)
    return monday if here >= monday.replace(hour=SENT_FROM_HOUR) else None


def due_subscriptions(monday: datetime) -> QuerySet[Subscription]:
    """Those who read, signed up before this week, and were not told of the last one yet."""
    read = Subscription.objects.filter(confirmed_at__lt=monday, stopped_at=None)
    return read.filter(Q(told_week=None) | Q(told_week__lt=monday.date()))


def articles_of_week(language: str, monday: datetime) -> list[ArticlePage]:
    """The articles of a language that came out in the week before, and still stand."""
    week = {"first_published_at__gte": monday - timedelta(days=7), "first_published_at__lt": monday}
    return list(articles_in(language).filter(**week))


def never_confirmed(before: datetime) -> QuerySet[Subscription]:
    """Addresses that nobody confirmed: they may belong to somebody who never asked."""
    return Subscription.objects.filter(confirmed_at=None, asked_at__lt=before)
