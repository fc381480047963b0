from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """People: users, sign-in, language and time zone."""

    name = "moussem.people"
    label = "people"
    verbose_name = _("People")
