from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class NotToChoose(Refusal):
    code = "not_to_choose"
    text = _(
        "A picture, a document or a page that was chosen here is not one of yours, and nothing was saved. "
        "Choose another one."
    )


class NotOffered(Refusal):
    code = "not_offered"
    text = _(
        "A product that is not on sale, an edition that is not announced or an organisation that sells "
        "nothing was chosen here, and nothing was saved. Choose another one."
    )


class NotYourRegion(Refusal):
    code = "not_your_region"
    text = _(
        "The showcase stays with its region, and nothing was saved. Only who edits the showcases of all "
        "regions moves it to another one."
    )
