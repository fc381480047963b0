"""Where a picture or a document stands: in what readers see, in drafts, and in what waits for its minute."""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.permissions import policy_registry

from cms.files.errors import FileInUse


def require_unused(file: Any, *, by: Any) -> None:
    """Refuse to delete a file that a page shows, or will; whoever asks hears of the own pages by name."""
    pages = set(_pages_with(file))
    if not pages:
        return
    own = policy_registry.get_by_type(Page).instances_user_has_permission_for(by, "change") if by else None
    named = [] if own is None else [page.get_admin_display_title() for page in own.filter(pk__in=pages)[:3]]
    raise FileInUse(file=file.title, pages=", ".join(named) or _("a page that is not one of yours"))


def _pages_with(file: Any) -> Iterator[int]:
    """The pages that name a file as readers see them, as they are drafted or as they are planned."""
    sought = (ContentType.objects.get_for_model(type(file)).pk, str(file.pk))
    base = ContentType.objects.get_for_model(Page)
    read = ReferenceIndex.get_references_to(file).filter(base_content_type=base)
    yield from map(int, read.values_list("object_id", flat=True))
    latest = Page.objects.exclude(latest_revision=None).values("latest_revision")
    drafted = Revision.page_revisions.filter(Q(pk__in=latest) | ~Q(approved_go_live_at=None))
    for revision in drafted.iterator(chunk_size=50):
        # What names it says its number somewhere.
        if sought[1] in str(revision.content) and sought in _named_in(revision):
            yield int(revision.object_id)


def _named_in(revision: Revision) -> set[tuple[int, str]]:
    """What a revision names, by kind and number."""
    page = revision.as_object()
    return {(kind, number) for kind, number, *_place in ReferenceIndex._extract_references_from_object(page)}
