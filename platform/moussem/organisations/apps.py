from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations, membership, verification."""

    name = "moussem.organisations"
    label = "organisations"
