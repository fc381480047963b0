from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The foundation: no business word in here."""

    name = "moussem.core"
    label = "core"
