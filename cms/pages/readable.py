"""What every page that is read has in common: an introduction, a picture with words for it, a body."""

from typing import Any

from csp.decorators import csp_update
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import StreamField
from wagtail.locks import WorkflowLock
from wagtail.models import Page, PagePermissionTester, PageViewRestriction, Revision
from wagtail_localize.fields import SynchronizedField

from cms.blocks import body_blocks
from cms.blocks.addresses import FEED, OUTSIDE
from cms.blocks.films import PLAYERS
from cms.blocks.rich import shown
from cms.pages.forms import FormOfAPage
from cms.pages.languages import reading_of
from cms.pages.sources import refused_addresses
from cms.publication.rules import require_publishable
from cms.translations.actions import in_pace
from cms.translations.minutes import is_before_its_source
from cms.translations.rules import require_whole
from cms.translations.turns import InReview
from moussem.core.text import unaccented, unbroken

# The root of the tree is at 1, a home page below it at 2.
HOME_DEPTH = 2
# More than anybody reads, and as many as a form shows again with what was typed.
MOST_BLOCKS = 200


class Permissions(PagePermissionTester):
    """What somebody may do to a page; what a publisher has timed or locked is as safe as what readers see."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Nobody takes away what another has locked, and only who publishes what waits for its minute."""
        if not super().can_delete(ignore_bulk) or self.is_locked_by_another:
            return False
        return publishes(self) or not (self.page_locked() or self.is_timed)

    def can_move_to(self, destination: Page) -> bool:
        """What waits for its minute will come out where it is moved to."""
        if not super().can_move_to(destination):
            return False
        return publishes(destination.permissions_for_user(self.user)) or not self.is_timed

    @property
    def is_locked_by_another(self) -> bool:
        """Whether somebody else has locked the page, or one below it."""
        here = self.page.get_descendants(inclusive=True)
        return bool(here.filter(locked=True).exclude(locked_by=self.user).exists())

    @property
    def is_timed(self) -> bool:
        """Whether the page, or one below it, waits for its minute."""
        # Kept as texts, which PostgreSQL compares with no number; there are few.
        timed = Revision.page_revisions.exclude(approved_go_live_at=None).values_list("object_id", flat=True)
        here = self.page.get_descendants(inclusive=True)
        return bool(here.filter(pk__in=[int(number) for number in timed]).exists())


def publishes(permissions: PagePermissionTester) -> bool:
    """Whether somebody lets pages out where these permissions hold."""
    return bool(permissions.user.is_superuser or "publish" in permissions.permissions)


class OurPage(Page):
    """What holds for every kind: nothing is behind a password, and no page hides one of the marketplace."""

    base_form_class = FormOfAPage
    # Who may read what is decided by publishing.
    private_page_options: list[str] = []
    # A list or a front shows other pages, whatever stands in its body.
    must_say_something = False
    # An address is the source's until a translator gives another.
    override_translatable_fields = [SynchronizedField("slug")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What every page says of its languages."""
        return {**super().get_context(request, *args, **kwargs), **reading_of(self, request)}

    def permissions_for_user(self, user: Any) -> Permissions:
        """Ours in the place of Wagtail's."""
        return Permissions(user, self)

    def get_lock(self) -> Any:
        """Wagtail's; one on its way says in our words whose turn it is."""
        held = super().get_lock()
        return InReview(self, held.task) if isinstance(held, WorkflowLock) else held

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A draft opens though something it chose is gone since: without it, or with what readers see."""
        return super().with_content_json({**content, **self._instead_of_what_is_gone(content)})

    def _instead_of_what_is_gone(self, content: dict[str, Any]) -> dict[str, Any]:
        """The database keeps what a published page names, and knows nothing of drafts."""
        chosen = [
            field
            for field in self._meta.concrete_fields
            if field.remote_field and field.model is not Page and not field.primary_key
        ]
        return {
            field.name: None if field.null else getattr(self, field.attname)
            for field in chosen
            if (number := content.get(field.name)) is not None
            and not field.related_model._base_manager.filter(pk=number).exists()
        }

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """None, without asking the database at each reading."""
        return PageViewRestriction.objects.none()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; where it holds a film, and nowhere else, its policy lets the players in."""
        return self.with_players(super().serve(request, *args, **kwargs))

    def with_players(self, answer: HttpResponse) -> HttpResponse:
        """An answer whose policy lets in what the films of this page need."""
        has_film = any(block.block_type == "video" for block in getattr(self, "body", ()))
        return csp_update({"frame-src": list(PLAYERS)})(lambda: answer)() if has_film else answer

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """A page is over at its minute, whenever the clock comes to take it down."""
        if not path_components and self.expire_at and self.expire_at <= timezone.now():
            raise Http404
        return super().route(request, path_components)

    def publish(
        self, revision: Any, user: Any = None, skip_permission_checks: bool = False, **options: Any
    ) -> None:
        """What somebody publishes is checked; what the clock publishes was checked when it was timed.

        A translation is whole whoever publishes it, and waits for its source at its own minute.
        """
        is_timed = revision.approved_go_live_at is not None
        if user is not None:
            # The reasons name what the page says: they are for who may publish it.
            if not skip_permission_checks and not self.permissions_for_user(user).can_publish():
                raise PermissionDenied
            require_publishable(revision.as_object())
        elif not is_timed:
            require_whole(self)
        elif is_before_its_source(self):
            return
        with in_pace(self, by=user):
            super().publish(revision, user=user, skip_permission_checks=skip_permission_checks, **options)

    def _set_core_field_defaults(self) -> None:
        """An address has plain Latin letters, whoever gave it; Arabic ones stay."""
        self.slug = unaccented(self.slug or "")
        super()._set_core_field_defaults()

    def _get_autogenerated_slug(self, base_slug: str) -> str:
        """A plain one that is free."""
        slug: str = super()._get_autogenerated_slug(unaccented(base_slug))
        return slug

    def full_clean(self, *args: Any, **options: Any) -> None:
        """What is a line is one, whoever wrote it: feeds, mails and shared links break at more."""
        for field in self._meta.concrete_fields:
            if type(field) is models.CharField or field.name == "search_description":
                setattr(self, field.attname, unbroken(getattr(self, field.attname) or ""))
        super().full_clean(*args, **options)

    def clean(self) -> None:
        """The marketplace's own addresses come first, so a page there would never be seen."""
        super().clean()
        parent = self.get_parent() if self.path else None
        is_first = parent is not None and parent.depth == HOME_DEPTH
        if self.slug == FEED or (is_first and is_taken(self.slug)):
            raise ValidationError(
                {"slug": _("The marketplace answers at this address already. Choose another one.")}
            )


def is_taken(slug: str) -> bool:
    """Whether an address right below a home page belongs to another room."""
    if slug in OUTSIDE:
        return True
    # Resolved in the language of the address, whatever that of the editor is.
    with override("en"):
        try:
            return resolve(f"/en/{slug}/").url_name != "wagtail_serve"
        except Resolver404:
            return False


class Readable(OurPage):
    """A page with an introduction, a leading picture and a body of blocks."""

    must_say_something = True

    intro = models.CharField(
        _("introduction"),
        max_length=240,
        blank=True,
        help_text=_("Two sentences at most; lists, feeds and shared links show them."),
    )
    picture = models.ForeignKey(
        "cms.Picture",
        verbose_name=_("leading picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=200,
        blank=True,
        help_text=_("In words, for who cannot see it; in the language of this page."),
    )
    body = StreamField(body_blocks(), verbose_name=_("body"), blank=True)

    told_panels = [
        FieldPanel("intro", widget=AdminAutoHeightTextInput),
        FieldPanel("picture"),
        FieldPanel("picture_alt", widget=AdminAutoHeightTextInput),
        FieldPanel("body"),
    ]
    content_panels = [*Page.content_panels, *told_panels]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """A page has an end, and a source leads to a page that can be reached safely."""
        super().clean()
        if len(self.body) > MOST_BLOCKS:
            said = _("A page holds %(most)s blocks at most; this one has %(count)s. Part it into two pages.")
            told = {"most": MOST_BLOCKS, "count": len(self.body)}
            raise ValidationError({"body": ValidationError(said, params=told)})
        if refused := refused_addresses(getattr(self, "sources", "")):
            said = _("These addresses of sources do not begin with https:// and a name: %(addresses)s.")
            addresses = ", ".join(shown(address) for address in refused[:5])
            raise ValidationError({"sources": ValidationError(said, params={"addresses": addresses})})
