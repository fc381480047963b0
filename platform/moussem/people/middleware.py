import zoneinfo

from django.utils import timezone, translation
from django.utils.cache import patch_cache_control


class PreferencesMiddleware:
    """Serves a person signed in in their time zone and language, and keeps their pages out of caches.

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
            response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            # Asked for again each time: what a person has seen is nobody else's to be served.
            patch_cache_control(response, private=True, no_cache=True)
        if not request.user.is_authenticated and request.is_secure():
            # On a shared computer the back button must not show what was read before signing out.
            response["Clear-Site-Data"] = '"cache"'
        return response
