"""What somebody publishes, works on, may link to and may choose."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, QuerySet
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.permissions import policy_registry

from catalogue.models import Product
from cms.publication.shown import shown
from fairs.editions.models import Edition
from fairs.editions.queries import public_editions
from moussem.organisations.models import Organisation
from moussem.organisations.queries.organisations import sellers_listed

# What every reader may see of the lower rooms, and nobody chooses more of for a page.
OFFERED: dict[type, Callable[[], QuerySet[Any]]] = {
    Product: Product.objects.listed,
    Edition: public_editions,
    Organisation: sellers_listed,
}


def may_publish(user: Any) -> bool:
    """Whether somebody publishes pages anywhere in the house."""
    return bool(policy_registry.get_by_type(Page).user_has_permission(user, "publish"))


def pages_of(user: Any) -> QuerySet[Page]:
    """The pages that somebody works on, with those above them."""
    policy = policy_registry.get_by_type(Page)
    if not user.is_superuser and not policy.get_cached_permissions_for_user(user):
        # What is above nothing has no answer: Wagtail's own would break before the first page is written.
        return Page.objects.none()
    return policy.explorable_instances(user)


def pages_to_link(user: Any) -> QuerySet[Page]:
    """What somebody may link to: the own pages, and what every reader sees but for other regions."""
    if user.is_superuser:
        return Page.objects.all()
    own = pages_of(user)
    elsewhere = Q()
    regions = apps.get_model("cms", "RegionPage").objects
    for path in regions.exclude(pk__in=own.values("pk")).values_list("path", flat=True):
        elsewhere |= Q(path__startswith=path)
    # A chooser shows the title of the draft, which is nobody else's before it is published.
    public = shown(Page.objects).filter(Q(draft_title="") | Q(draft_title=F("title")))
    if elsewhere:
        public = public.exclude(elsewhere)
    return Page.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=public.values("pk")))


def may_choose(user: Any, kind: type, numbers: set[str]) -> bool:
    """Whether the choosers of somebody offer each of these pictures, documents, pages or other rows."""
    if kind in OFFERED:
        return are_all_in(numbers, OFFERED[kind]())
    if user is None or user.is_superuser:
        return True
    if kind is Page:
        return are_all_in(numbers, pages_to_link(user))
    policy = policy_registry.get_by_type(kind)
    return are_all_in(numbers, policy.instances_user_has_any_permission_for(user, ["choose"]))


def may_open(user: Any, document: Any) -> bool:
    """Whether somebody works on a page that carries a document, or may choose it for one."""
    if not user.is_authenticated:
        return False
    return is_carried(document, pages_of(user)) or may_choose(user, type(document), {str(document.pk)})


def is_carried(file: Any, pages: QuerySet[Page]) -> bool:
    """Whether one of these pages shows a picture or leads to a document, in a field, a block or a text."""
    return pages.filter(pk__in=_carriers_of(file)).exists()


def is_published_by_others(user: Any, file: Any) -> bool:
    """Whether a page that others publish carries a file, and readers see it or it waits for its minute."""
    published = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "publish")
    others = Page.objects.exclude(pk__in=published.values("pk"))
    return is_carried(file, shown(others)) or others.filter(pk__in=_timed_carriers_of(file)).exists()


def _carriers_of(file: Any) -> set[int]:
    base = ContentType.objects.get_for_model(Page)
    found = ReferenceIndex.get_references_to(file).filter(base_content_type=base)
    # Kept as texts, which PostgreSQL compares with no number; there are few.
    return {int(number) for number in found.values_list("object_id", flat=True)}


def _timed_carriers_of(file: Any) -> Iterator[int]:
    """What waits for its minute stands in a revision, of which no index is kept; there are few."""
    kind = type(file)
    for revision in Revision.page_revisions.exclude(approved_go_live_at=None):
        if str(file.pk) in chosen_in(revision.as_object(), [kind])[kind]:
            yield int(revision.object_id)


def chosen_in(page: Page, kinds: Collection[type]) -> dict[type, set[str]]:
    """What a page shows of these kinds or leads to, by number, in its fields, blocks and texts."""
    by_key = {ContentType.objects.get_for_model(kind).pk: kind for kind in kinds}
    found: dict[type, set[str]] = defaultdict(set)
    for kind, number, *_place in ReferenceIndex._extract_references_from_object(page):
        if kind in by_key:
            found[by_key[kind]].add(number)
    return found


def are_all_in(asked: set[str], allowed: QuerySet[Any]) -> bool:
    """Whether each of these numbers is of something allowed; what is no number names nothing."""
    numbers = {int(number) for number in asked if number.isdecimal()}
    return not numbers or allowed.filter(pk__in=numbers).count() == len(numbers)
