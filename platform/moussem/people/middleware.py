import zoneinfo

from django.utils import timezone, translation


class PreferencesMiddleware:
    """Serves a person signed in in their time zone and, where the address names no language, in theirs.

    It stands below Django's LocaleMiddleware, which then redirects an address without a language to theirs.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)
        if not translation.get_language_from_path(request.path_info):
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        with timezone.override(zoneinfo.ZoneInfo(user.time_zone)):
            return self.get_response(request)
