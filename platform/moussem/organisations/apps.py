from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Organisations, membership, verification."""

    name = "moussem.organisations"
    label = "organisations"
    verbose_name = _("Organisations")

    def ready(self):
        from moussem.organisations import panels  # noqa: F401 - panels register themselves
