"""What the administration keeps a desk for."""

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig

# Storeys of the house; desks that others bring are open where somebody needs them.
OURS = {"catalogue", "cms", "fairs", "moussem"}
NEEDED = {"account.emailaddress", "auth.group", "django_tasks_database.dbtaskresult"}


class AdministrationConfig(AdminConfig):
    """Django's administration without the desks of what is not used here: vouchers, wish lists, reviews …

    Their pages write rows that no page of ours expects, and break on an empty form.
    """

    default = False

    def ready(self) -> None:
        """Every desk has been found: those that nobody needs are closed."""
        super().ready()
        # Desks exist only now.
        from moussem.people.admin import SecondStepDesk

        for model, desk in list(admin.site._registry.items()):
            storey = type(desk).__module__.partition(".")[0]
            if storey not in OURS and model._meta.label_lower not in NEEDED:
                admin.site.unregister(model)
        admin.site.register(apps.get_model("mfa", "Authenticator"), SecondStepDesk)
