from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class FileInUse(Refusal):
    code = "file_in_use"
    text = _(
        "“%(file)s” was not deleted, since it stands in: %(pages)s. Readers see it there, or it is in a "
        "draft or planned. Take it out there first, then delete it."
    )
