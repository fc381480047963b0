from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionsConfig(AppConfig):
    """Countries, regions, provinces and the nomenclature of goods."""

    default = True
    name = "moussem.regions"
    label = "regions"
    verbose_name = _("Regions and nomenclature")
