from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class ConceptRefused(Refusal):
    code = "concept_refused"
    text = _("%(reason)s The concept is kept as it was.")


class ConceptChangedMeanwhile(Refusal):
    code = "concept_changed_meanwhile"
    text = _(
        "“%(code)s” was changed by somebody else meanwhile, to version %(version)s. Nothing was saved; "
        "open it again and repeat your change."
    )


class ConceptsNotTaken(Refusal):
    code = "concepts_not_taken"
    text = _("Nothing was written. What has to be corrected first:\n%(reasons)s")
