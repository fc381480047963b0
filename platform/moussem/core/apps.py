from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """The foundation: no business word in here."""

    name = "moussem.core"
    label = "core"
    verbose_name = _("Log and outbox")

    def ready(self) -> None:
        """Every room has declared itself, and a new database will call the site by our name."""
        # Models exist only now.
        from moussem.core.rooms import DECLARATIONS, open_rooms
        from moussem.core.sites import name_the_site
        from moussem.core.stock_sentences import say_instead_of_django

        say_instead_of_django()
        open_rooms(*DECLARATIONS)
        post_migrate.connect(name_the_site, dispatch_uid="moussem.core.name_the_site")
