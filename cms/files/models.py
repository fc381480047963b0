"""Pictures of the editors: never without the right to print them, never without words for who cannot see."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter
from wagtail.images.models import Image as PlainImage

# The credit of what the house made itself, however the language of a reader writes it.
HOUSE = "Moussem"


class Rights(models.TextChoices):
    OWN = "own", _("our own work")
    LICENCE = "licence", _("free licence, named in the credit")
    PERMISSION = "permission", _("written permission of the author")
    PUBLIC = "public", _("public domain")


def new_word() -> str:
    """A word that was never used before."""
    return uuid4().hex


class Picture(AbstractImage):
    """A picture with its credit, the right to print it, and what it shows in words.

    ``word`` is another one at every change of the picture or its sizes: see `cms.files.kept`.
    """

    credit = models.CharField(
        _("credit"), max_length=120, help_text=_("Who made it, as it is printed under the picture.")
    )
    rights = models.CharField(_("right to print it"), max_length=12, choices=Rights.choices)
    word = models.CharField(max_length=32, default=new_word, editable=False)

    admin_form_fields = (*PlainImage.admin_form_fields, "credit", "rights")

    @property
    def credited(self) -> str:
        """Its credit as readers see it: our own name as their language writes it."""
        return gettext("Moussem") if self.credit == HOUSE else self.credit

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Whatever is written, what was drawn from the picture before is not shown any more."""
        self.word = new_word()
        fields = None if update_fields is None else {*update_fields, "word"}
        super().save(*args, update_fields=fields, **kwargs)

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> ContentFile:
        """One size and format of the picture; Wagtail leaves the file it was drawn in open."""
        with super().generate_rendition_file(filter, source=source) as drawn:
            drawn.seek(0)
            return ContentFile(drawn.read(), name=drawn.name)


class PictureRendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_of_a_picture"
            )
        ]

    @staticmethod
    def construct_cache_key(image: Picture, filter_cache_key: str, filter_spec: str) -> str:
        """The name by which Wagtail keeps where a size lies: the word of the picture is in it."""
        known = AbstractRendition.construct_cache_key(image, filter_cache_key, filter_spec)
        return f"{known}-{image.word}"
