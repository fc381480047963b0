import pytest
from django.contrib.sites.models import Site
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test.utils import isolate_apps

from moussem.core import schema

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_every_managed_model_has_a_table():
    tables = set(connection.introspection.table_names())

    assert [model for model in schema.managed_models() if model._meta.db_table not in tables] == []


@pytest.mark.django_db(transaction=True)
def test_fingerprint_stays_while_the_models_stay():
    assert schema.fingerprint() == schema.fingerprint()


@pytest.mark.django_db(transaction=True)
def test_fingerprint_changes_with_a_column(monkeypatch):
    before = schema.fingerprint()
    with isolate_apps("moussem.core"):

        class Wanderer(models.Model):
            name = models.CharField(max_length=10)

            class Meta:
                app_label = "core"

        monkeypatch.setattr(schema, "managed_models", lambda: [Wanderer])
        one_column = schema.fingerprint()
        Wanderer._meta.get_field("name").max_length = 11
        two = schema.fingerprint()

    assert len({before, one_column, two}) == 3


def test_build_refuses_a_database_that_has_tables():
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("build_schema")


def test_database_that_was_not_built_here_is_not_current():
    assert schema.is_current() is False


@pytest.mark.django_db(transaction=True)
def test_site_bears_our_name():
    site = Site.objects.get_current()

    assert (site.name, site.domain) == ("Moussem", "127.0.0.1:8000")
