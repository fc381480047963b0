"""The one row of django.contrib.sites, which mails and Oscar's pages quote."""

from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.sites.models import Site
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override


def site_url(request: HttpRequest) -> str:
    """Where the site stands, for links in its pages.

    The demonstration is opened on any port; elsewhere a host that somebody sends is never believed.
    """
    return f"{request.scheme}://{request.get_host()}" if settings.DEMONSTRATION else settings.SITE_URL


def address_of(view: str, *args: Any, language: str | None = None) -> str:
    """The full address of a page, in the language of who is written to or else of who reads now."""
    with override(language or get_language()):
        return settings.SITE_URL + reverse(view, args=args)


def name_the_site(sender: AppConfig, *, using: str, **kwargs: Any) -> None:
    """After the last app is migrated, give the site our name and address in the place of Django's example."""
    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if sender is last:
        host = urlsplit(settings.SITE_URL).netloc
        ours = Site.objects.using(using).filter(pk=settings.SITE_ID, domain="example.com")
        ours.update(domain=host, name=settings.OSCAR_SHOP_NAME)
        Site.objects.clear_cache()
