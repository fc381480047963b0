from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StaleOffer(models.Model):
    """A product whose document in the search index may be out of date.

    Written in the transaction that changes the product and taken away once the index has it: what an engine
    that is down or a process that dies does not do is still here. A product may stand here several times,
    so that nobody who changes it waits for another.
    """

    # No foreign key: a product that is gone has to go from the index too.
    product_id = models.BigIntegerField()
    marked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("offer to be indexed")
        verbose_name_plural = _("offers to be indexed")

    def __str__(self) -> str:
        return str(self.product_id)


class OddOffer(models.Model):
    """A product whose document still differed from the index after all of it was looked through and mended.

    It cannot be read, and is not looked for every minute.
    """

    # No foreign key: of a product that is gone, the index may still hold what it cannot let go.
    product_id = models.BigIntegerField(primary_key=True)

    class Meta:
        verbose_name = _("offer that cannot be indexed")
        verbose_name_plural = _("offers that cannot be indexed")

    def __str__(self) -> str:
        return str(self.product_id)


class Rebuild(models.Model):
    """A new index that is made beside the one in use; it goes on where it stopped."""

    target = models.CharField(_("index"), max_length=120, blank=True)
    # Every product up to this key is in it.
    reached = models.BigIntegerField(_("reached"), default=0)
    written = models.PositiveIntegerField(_("written"), default=0)
    # What was marked later comes after the states that are read here.
    version = models.BigIntegerField()
    begun_at = models.DateTimeField(_("begun"), default=timezone.now)
    heard_at = models.DateTimeField(_("last heard of"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("rebuilding of the index")
        verbose_name_plural = _("rebuildings of the index")
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(finished_at=None), name="one_rebuild_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.target
