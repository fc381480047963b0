from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.concepts.states import ConceptKind, Source
from catalogue.search.tables import SHOWN, Content, row_of
from moussem.core.text import pick

LONGEST_CODE = 60


class Concept(models.Model):
    """A meaning that searches know: its kind, what it is a kind of, and its names in many languages."""

    code = models.CharField(_("code"), max_length=LONGEST_CODE, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=ConceptKind.choices)
    # Codes of other concepts: a file names a kind before or after what it is a kind of.
    parents = models.JSONField(_("is a kind of"), default=list, blank=True)
    hs6 = models.JSONField(_("HS codes"), default=list, blank=True)
    # {language: [alias, …]}, in the languages of tables.LANGUAGES.
    aliases = models.JSONField(_("aliases"), default=dict, blank=True)
    source = models.PositiveSmallIntegerField(_("written by"), choices=Source.choices, default=Source.EDITOR)
    version = models.PositiveIntegerField(_("version"), default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        app_label = "catalogue"
        verbose_name = _("concept of the search")
        verbose_name_plural = _("concepts of the search")
        # The order of the files: of two meanings of one alias the one written first is named first.
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        """Its first alias in the active language."""
        firsts = {language: (self.aliases.get(language) or [""])[0] for language in SHOWN}
        return pick(**firsts) or self.code

    @property
    def content(self) -> Content:
        """What a version keeps."""
        return {"kind": self.kind, "parents": self.parents, "hs6": self.hs6, "aliases": self.aliases}

    @property
    def row(self) -> dict[str, str]:
        """The concept as a row of a file."""
        return row_of(self.code, self.content)


class ConceptVersion(models.Model):
    """What a concept was at one time; never edited, never deleted by the product."""

    concept = models.ForeignKey(
        Concept, verbose_name=_("concept"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        app_label = "catalogue"
        verbose_name = _("version of a concept")
        verbose_name_plural = _("versions of concepts")
        ordering = ["concept", "number"]
        constraints = [
            models.UniqueConstraint(fields=["concept", "number"], name="one_concept_version_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.concept} {self.number}"
