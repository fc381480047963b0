from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class SentBefore(Refusal):
    code = "sent_before"
    text = _(
        "From this page a message was sent already, and this one is another. What you typed is still here: "
        "send it once more to send it too."
    )
