"""A model whose name exists in English, French and Arabic."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from moussem.core.text import pick


class Trilingual(models.Model):
    """Three names, and a label in the reader's language."""

    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    name_fr = models.CharField(_("name in French"), max_length=120, blank=True)
    name_ar = models.CharField(_("name in Arabic"), max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language."""
        return pick(en=self.name_en, fr=self.name_fr, ar=self.name_ar)
