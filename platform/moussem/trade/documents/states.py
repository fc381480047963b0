from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    PROFORMA = "proforma", _("pro-forma invoice")
    CONFIRMATION = "confirmation", _("order confirmation")
