from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = _("The editors’ house")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Wagtail's redirects lead wherever an editor says; ours lead to this site only."""
        from django.apps import apps

        from cms.readers.redirects import check_leads_here

        apps.get_model("wagtailredirects", "Redirect")._meta.get_field("redirect_link").validators.append(
            check_leads_here
        )
