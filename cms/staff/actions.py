"""The groups of the editors' house, and what each may do."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext_noop
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

from cms.pages.home import HomePage
from cms.pages.regions import RegionPage
from cms.staff.roles import CORRESPONDENT, CORRESPONDENTS, ENTER, ROLES, TRANSLATE, Role, correspondents_of
from moussem.regions.models import Region

# Wagtail's migrations bring two groups of its own; ours stand in their place.
STOCK = ("Moderators",)
FILES = (("wagtailimages", "image"), ("wagtaildocs", "document"))


@transaction.atomic
def give_roles() -> None:
    """Make every group and bring what it may do in line with its role; its members stay as they are."""
    Group.objects.filter(name__in=STOCK, user=None).delete()
    _let_translations_be_asked_for()
    homes = list(HomePage.objects.all())
    root = _all_files()
    for role in ROLES:
        group, _new = Group.objects.get_or_create(name=role.name)
        _grant(group, role, pages=homes, collection=root)
    for region in Region.objects.filter(pk__in=RegionPage.objects.values("region")):
        open_region(region)


@transaction.atomic
def open_region(region: Region) -> Group:
    """The group of the correspondents of a region: its pages in every language, a collection of its own."""
    beginning = f"{CORRESPONDENTS} {region.code} "
    name = correspondents_of(region.code, region.name_fr)
    group = Group.objects.filter(name__startswith=beginning).first() or Group.objects.create(name=name)
    collection = Collection.objects.filter(name__startswith=beginning).first()
    if collection is None:
        collection = _all_files().add_child(name=name)
    pages = list(RegionPage.objects.filter(region=region))
    _grant(group, CORRESPONDENT, pages=pages, collection=collection)
    # A page that showed another region before is no longer of its correspondents.
    others = Group.objects.filter(name__startswith=f"{CORRESPONDENTS} ").exclude(pk=group.pk)
    GroupPagePermission.objects.filter(group__in=others, page__in=pages).delete()
    return group


def _all_files() -> Collection:
    """The collection that holds every other one."""
    return Collection.get_first_root_node() or Collection.add_root(name=gettext_noop("Root"))


def _let_translations_be_asked_for() -> None:
    """The permission that wagtail-localize makes in a migration only: a schema may be built without them."""
    app, codename = TRANSLATE.split(".")
    kind, _new = ContentType.objects.get_or_create(app_label=app, model="translation")
    Permission.objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": "Can submit translations"}
    )


def _grant(group: Group, role: Role, *, pages: Iterable[Page], collection: Collection) -> None:
    """Give a group what its role names, and nothing else."""
    group.permissions.set(_named([ENTER, *role.besides]))
    wanted = {
        (page.pk, permission.pk)
        for permission in _named(f"wagtailcore.{verb}_page" for verb in role.pages)
        for page in pages
    }
    for kept in group.page_permissions.all():
        if (kept.page_id, kept.permission_id) in wanted:
            wanted.remove((kept.page_id, kept.permission_id))
        else:
            kept.delete()
    GroupPagePermission.objects.bulk_create(
        [GroupPagePermission(group=group, page_id=page, permission_id=verb) for page, verb in sorted(wanted)]
    )
    files = _named(f"{app}.{verb}_{model}" for app, model in FILES for verb in role.files)
    group.collection_permissions.exclude(collection=collection, permission__in=files).delete()
    for permission in files:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def _named(names: Iterable[str]) -> list[Permission]:
    """The permissions of these names, each of which there must be."""
    found = []
    for name in names:
        app, codename = name.split(".")
        found.append(Permission.objects.get(content_type__app_label=app, codename=codename))
    return found
