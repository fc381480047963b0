from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class NothingToAsk(Refusal):
    code = "rehearsal_nothing_to_ask"
    text = _(
        "The practice buyer asks about your own goods, and none of yours is on offer. Nothing was begun; "
        "list a product, put it on show at your booth, then begin."
    )


class NotToRehearse(Refusal):
    code = "rehearsal_not_now"
    text = _("One rehearses for a fair that is announced and not over. Nothing was begun.")
