"""What the editors' rooms have besides Wagtail's own."""

from typing import Any

from wagtail import hooks

from cms.choosers import edition_chooser, product_chooser
from cms.translating import hooks as of_translators  # noqa: F401


@hooks.register("register_admin_viewset")
def choosers() -> list[Any]:
    """Products and editions, to be chosen for a shelf."""
    return [product_chooser, edition_chooser]
