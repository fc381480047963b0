from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations, membership, verification."""

    name = "moussem.organisations"
    label = "organisations"

    def ready(self):
        from moussem.organisations import panels  # noqa: F401 - panels register themselves
