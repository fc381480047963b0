from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People: users, sign-in, language and time zone."""

    name = "moussem.people"
    label = "people"
