from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FairsConfig(AppConfig):
    name = "fairs"
    label = "fairs"
    verbose_name = _("Fairs")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the check of the live rooms be known, and what they hold of people."""
        # Settings are complete only now.
        from fairs.live import checks  # noqa: F401
        from fairs.live.safety import personal  # noqa: F401
