"""What the form of a page takes: numbers come from choosers, and anybody may post another one."""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from cms.pages.errors import NotToChoose
from cms.pages.rules import may_choose
from cms.pages.sources import faults_of, lines_of


class FormOfAPage(WagtailAdminPageForm):
    """A form that refuses what its choosers would not have offered; what stood there before may stay."""

    def clean_sources(self) -> str:
        """Each row names a source; what is wrong with one stands below it."""
        text: str = self.cleaned_data["sources"]
        wrong = [str(number) for number, source in enumerate(lines_of(text), 1) if faults_of(source)]
        if wrong:
            said = _("Sources to correct: %(numbers)s. What is wrong stands below each.")
            raise ValidationError(said, params={"numbers": ", ".join(wrong)})
        return text

    def _post_clean(self) -> None:
        before = _chosen(self.instance)
        super()._post_clean()
        for kind, numbers in _chosen(self.instance).items():
            if not may_choose(self.for_user, kind, numbers - before[kind]):
                self.add_error(None, NotToChoose().message)
                return


def _chosen(page: Page) -> dict[type, set[str]]:
    """The pictures, documents and pages that a page shows or leads to, in its fields, blocks and texts."""
    kinds = {
        ContentType.objects.get_for_model(kind).pk: kind
        for kind in (get_image_model(), get_document_model(), Page)
    }
    found: dict[type, set[str]] = defaultdict(set)
    for kind, number, *_place in ReferenceIndex._extract_references_from_object(page):
        if kind in kinds:
            found[kinds[kind]].add(number)
    return found
