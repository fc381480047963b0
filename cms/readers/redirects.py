"""Where an old address may lead: to this site, never to another one in our name."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect

from cms.blocks.addresses import is_ours


def keep_redirects_here() -> None:
    """Wagtail's redirects lead wherever an editor says; ours lead to this site only."""
    Redirect._meta.get_field("redirect_link").validators.append(check_leads_here)


def check_leads_here(address: str) -> None:
    """Refuse an address of another site."""
    site = urlsplit(settings.SITE_URL)
    whole = f"{site.scheme}://{site.netloc}"
    if not address.startswith(f"{whole}/") or not is_ours(address.removeprefix(whole)):
        said = _("A redirect leads to this site only: choose a page, or begin with %(site)s.")
        raise ValidationError(said, params={"site": f"{whole}/"}, code="elsewhere")
