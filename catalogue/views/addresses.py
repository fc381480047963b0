"""Addresses as they leave the site: absolute, and without a language where a reader must choose."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from moussem.core.sites import site_url


def absolute(path: str) -> str:
    """The full address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def canonical(request: HttpRequest) -> str:
    """The address of this page without what only sorts or counts."""
    return f"{site_url(request)}{request.path}"


def for_any_reader(name: str, **kwargs: object) -> str:
    """The full address of a page without its language: a reader is led to their own."""
    return absolute(reverse(name, kwargs=kwargs).removeprefix(f"/{get_language()}"))
