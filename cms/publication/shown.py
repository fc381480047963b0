"""Which pages readers see now: published and not over, whenever the clock comes to take them down."""

from datetime import datetime
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone
from wagtail.models import Page


def shown(pages: Any) -> Any:
    """Those of these pages that readers see now: published, and not over."""
    return pages.live().filter(Q(expire_at=None) | Q(expire_at__gt=timezone.now()))


def is_shown(page: Page) -> bool:
    """Whether readers see this page now."""
    return page.live and (page.expire_at is None or page.expire_at > timezone.now())


def last_end() -> datetime | None:
    """The minute at which the last page was over that the clock has not come to take down."""
    over = Page.objects.live().filter(expire_at__lte=timezone.now())
    end: datetime | None = over.aggregate(last=Max("expire_at"))["last"]
    return end
