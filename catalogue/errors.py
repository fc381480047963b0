from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class LotGone(Refusal):
    code = "lot_gone"
    text = _(
        "Only %(left)s %(unit)s of “%(title)s” are left. Your basket is kept as it was; "
        "choose a smaller quantity or take the product out."
    )


class NotACatalogue(Refusal):
    code = "not_a_catalogue"
    text = _("%(file)s cannot be imported (%(reason)s). Nothing was imported.")
