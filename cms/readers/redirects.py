"""Where an old address may lead: to this site, never to another one in our name."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect

from cms.blocks.addresses import is_ours
from cms.readers.moves import path_of


def keep_redirects_here() -> None:
    """Wagtail's redirects lead wherever an editor says; ours lead to this site only."""
    Redirect._meta.get_field("redirect_link").validators.append(check_leads_here)
    as_wagtail_does = Redirect.clean

    def clean(self: Redirect) -> None:
        as_wagtail_does(self)
        check_ends_elsewhere(self)

    Redirect.clean = clean


def check_leads_here(address: str) -> None:
    """Refuse an address of another site."""
    site = urlsplit(settings.SITE_URL)
    whole = f"{site.scheme}://{site.netloc}"
    if not address.startswith(f"{whole}/") or not is_ours(address.removeprefix(whole)):
        said = _("A redirect leads to this site only: choose a page, or begin with %(site)s.")
        raise ValidationError(said, params={"site": f"{whole}/"}, code="elsewhere")


def check_ends_elsewhere(redirect: Redirect) -> None:
    """Refuse an address that leads back to where it was asked for, straight or by way of other redirects."""
    others = Redirect.get_for_site(redirect.site).exclude(pk=redirect.pk).exclude(redirect_link="")
    passed, link = [redirect.old_path], redirect.redirect_link
    while link:
        path = path_of(link)
        if path == redirect.old_path:
            said = _("This redirect would lead in a circle: %(way)s. Nothing was kept; choose where it ends.")
            raise ValidationError(said, params={"way": " → ".join([*passed, path])}, code="circle")
        # A circle of others is none of this one's.
        met = others.filter(old_path=path).exclude(old_path__in=passed).first()
        passed, link = [*passed, path], met.redirect_link if met else ""
