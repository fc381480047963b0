from pathlib import PurePosixPath

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractProductImage

FORMATS = ("avif", "webp")


class ProductImage(AbstractProductImage):
    """A photo of a product, re-encoded at upload, with narrower renditions in files beside it."""

    width = models.PositiveIntegerField(_("width in pixels"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height in pixels"), null=True, blank=True)
    # The widths in pixels for which a file of each format exists, narrowest first.
    widths = models.JSONField(_("widths of the renditions"), default=list, blank=True)

    class Meta(AbstractProductImage.Meta):
        abstract = False
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def rendition_name(self, width: int, extension: str) -> str:
        """The name in the storage of one rendition."""
        path = PurePosixPath(self.original.name)
        return str(path.with_name(f"{path.stem}-{width}.{extension}"))

    def srcset(self, extension: str) -> str:
        """The ``srcset`` of one format: ``/media/…-320.webp 320w, …``."""
        url = self.original.storage.url
        return ", ".join(f"{url(self.rendition_name(width, extension))} {width}w" for width in self.widths)

    @property
    def avif_srcset(self) -> str:
        """The ``srcset`` of the AVIF files."""
        return self.srcset("avif")

    @property
    def webp_srcset(self) -> str:
        """The ``srcset`` of the WebP files."""
        return self.srcset("webp")
