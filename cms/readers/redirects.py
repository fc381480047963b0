"""Where an old address may lead: to this site, never to another one in our name."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.blocks.addresses import is_ours


def check_leads_here(address: str) -> None:
    """Refuse an address of another site."""
    site = urlsplit(settings.SITE_URL)
    whole = f"{site.scheme}://{site.netloc}"
    if not address.startswith(f"{whole}/") or not is_ours(address.removeprefix(whole)):
        said = _("A redirect leads to this site only: choose a page, or begin with %(site)s.")
        raise ValidationError(said, params={"site": f"{whole}/"}, code="elsewhere")
