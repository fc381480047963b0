"""What the form of a page takes: numbers come from choosers, and anybody may post another one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.pages.errors import NotOffered, NotToChoose, NotYourRegion
from cms.pages.rules import OFFERED, chosen_in, may_choose
from cms.pages.sources import faults_of, lines_of
from cms.publication.errors import AddressPlanned
from cms.publication.rules import require_address_free
from moussem.core.templatetags.times import zone_of_page
from moussem.core.text import reading_order
from moussem.regions.models import Country

NOT_YOUR_COMMENT = _("Only who wrote a comment deletes it, and nothing was saved. Resolve it instead.")
PAST = _("This minute is over, so the page would not wait for it. Choose one that is still to come.")


class FormOfAPage(WagtailAdminPageForm):
    """A form that refuses what its choosers would not have offered; what stood there before may stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("go_live_at", "expire_at"):
            if name in self.fields:
                self.fields[name].help_text = zone_of_page()
        for field in self.fields.values():
            model = getattr(getattr(field, "queryset", None), "model", None)
            if model is Country:
                named = sorted(field.queryset, key=lambda one: reading_order(one.label))
                field.choices = [("", field.empty_label), *((one.pk, one.label) for one in named)]
            if model in OFFERED:
                field.queryset = field.queryset.filter(pk__in=OFFERED[model]().values("pk"))

    def clean(self) -> dict[str, Any]:
        """A minute that is over brings nothing out; one that was set before, and has passed, may stay."""
        told: dict[str, Any] = super().clean()
        minute, before = told.get("go_live_at"), self.initial.get("go_live_at")
        is_another = before is None or minute != before.replace(second=0, microsecond=0)
        if minute and minute < timezone.now() and "go_live_at" in self.changed_data and is_another:
            self.add_error("go_live_at", PAST)
        if told.get("slug"):
            try:
                require_address_free(told["slug"], parent=self.parent_page, page=self.instance)
            except AddressPlanned as refusal:
                self.add_error("slug", refusal.message)
        # Wagtail asks who wrote a comment that is changed, and does not where it is deleted.
        comments = self.formsets.get("comments")
        for form in comments.deleted_forms if comments else ():
            if form.instance.pk and form.instance.user_id != self.for_user.pk:
                self.add_error(None, NOT_YOUR_COMMENT)
        return told

    def clean_sources(self) -> str:
        """Each row names a source; what is wrong with one stands below it."""
        text: str = self.cleaned_data["sources"]
        wrong = [str(number) for number, source in enumerate(lines_of(text), 1) if faults_of(source)]
        if wrong:
            said = _("Sources to correct: %(numbers)s. What is wrong stands below each.")
            raise ValidationError(said, params={"numbers": ", ".join(wrong)})
        return text

    def _post_clean(self) -> None:
        kinds = (get_image_model(), get_document_model(), Page, *OFFERED)
        before = chosen_in(self.instance, kinds)
        super()._post_clean()
        for kind, numbers in chosen_in(self.instance, kinds).items():
            if not may_choose(self.for_user, kind, numbers - before[kind]):
                refusal = NotOffered() if kind in OFFERED else NotToChoose()
                self.add_error(None, refusal.message)
                return


class FormOfARegion(FormOfAPage):
    """A form whose region is changed only by who edits the showcases of all regions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region_before = str(self.instance.region_id or "")
        self.is_kept_to_region = bool(self.instance.pk) and not self._edits_every_region()
        if self.is_kept_to_region and "region" in self.fields:
            self.fields["region"].disabled = True
            self.fields["region"].help_text = _("Only who edits the showcases of all regions changes it.")

    def clean(self) -> dict[str, Any]:
        """What was posted past the field is refused, and the rest with it."""
        told = super().clean()
        if self.is_kept_to_region and self.data.get("region", self.region_before) != self.region_before:
            self.add_error("region", NotYourRegion().message)
        return told

    def _edits_every_region(self) -> bool:
        user = self.for_user
        return user is None or self.instance.get_parent().specific.permissions_for_user(user).can_edit()
