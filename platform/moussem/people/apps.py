from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """People: users, sign-in, language and time zone."""

    name = "moussem.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """A password that was left out is asked for in our words."""
        # allauth reads the models, which exist only now.
        from allauth.account.fields import PasswordField

        PasswordField.default_error_messages = {"required": _("Write the password.")}
