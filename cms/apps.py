from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = _("The editors’ house")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """All that is changed of what other packages do, by name; it waits for their models."""
        from cms.desk.account import ask_for_letters_and_looks_alone
        from cms.desk.dressing import start_choosers_beside
        from cms.desk.mended import (
            say_in_the_language_of_who_reads,
            take_no_address_as_missing,
            tell_nothing_past_as_to_come,
        )
        from cms.desk.rules import keep_files_as_reviewed
        from cms.desk.slugs import write_addresses_plainly
        from cms.publication.forms import ask_what_is_to_be_changed
        from cms.publication.models import decide_with_care
        from cms.readers.redirects import keep_redirects_here
        from cms.receivers import name_drafts_our_way
        from cms.translations.moved import keep_together

        ask_for_letters_and_looks_alone()
        decide_with_care()
        ask_what_is_to_be_changed()
        keep_files_as_reviewed()
        start_choosers_beside()
        take_no_address_as_missing()
        write_addresses_plainly()
        say_in_the_language_of_who_reads()
        tell_nothing_past_as_to_come()
        keep_redirects_here()
        name_drafts_our_way()
        keep_together()
