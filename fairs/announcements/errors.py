from django.utils.translation import gettext_lazy as _

from moussem.core.errors import Refusal


class MailAsksFirst(Exception):
    """So many people would be written to, and whoever asks has not seen the number."""

    def __init__(self, people: int) -> None:
        super().__init__(people)
        self.people = people


class ExpiresInThePast(Refusal):
    code = "expires_in_the_past"
    text = _("This moment is over. Nothing was announced; choose one to come.")


class CategoryOfExhibitors(Refusal):
    code = "announcement_category_of_exhibitors"
    field = "category"
    text = _(
        "Only exhibitors have a category. Nothing was announced; choose all categories, or announce it to "
        "exhibitors."
    )


class AlreadyTakenBack(Refusal):
    code = "announcement_taken_back"
    text = _("This announcement was taken back already. Nothing was changed.")
