"""The schema without its history: every table as the models describe it, in seconds instead of minutes.

What migrations do beyond models is named in ``settings.SCHEMA_BEYOND_MODELS``: functions that take
the app registry and the schema editor, as ``RunPython`` calls them, and may run twice.
"""

import hashlib
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, models, router
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.module_loading import import_string

from moussem.core.models import LastRun

RUN = "schema"


def managed_models() -> Iterator[type[models.Model]]:
    """Every model that has a table of its own; tables between two models come with their owners."""
    for config in apps.get_app_configs():
        for model in router.get_migratable_models(config, DEFAULT_DB_ALIAS, include_auto_created=False):
            if model._meta.can_migrate(connection):
                yield model


def fingerprint() -> str:
    """The statements that would build the schema, in one word: it changes when any table does."""
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        for model in managed_models():
            editor.create_model(model)
    return hashlib.sha256("\n".join(editor.collected_sql).encode()).hexdigest()


def is_empty() -> bool:
    """Whether the database has no table yet."""
    return not connection.introspection.table_names()


def is_current() -> bool:
    """Whether the tables were built from the models as they are now."""
    try:
        return LastRun.objects.filter(name=RUN, fingerprint=fingerprint()).exists()
    except DatabaseError:
        return False


def build_schema() -> int:
    """Build an empty database from the models and mark its migrations as applied; how many tables came."""
    with connection.schema_editor() as editor:
        for model in managed_models():
            editor.create_model(model)
    with connection.schema_editor() as editor:
        for through in _tables_between():
            _widen_key(editor, through)
    go_beyond_models()
    _mark_migrations_applied()
    emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)
    LastRun.objects.create(name=RUN, at=timezone.now(), fingerprint=fingerprint())
    return len(connection.introspection.table_names())


def _tables_between() -> Iterator[type[models.Model]]:
    for model in managed_models():
        for field in model._meta.local_many_to_many:
            if field.remote_field.through._meta.auto_created:
                yield field.remote_field.through


def _widen_key(editor: BaseDatabaseSchemaEditor, through: type[models.Model]) -> None:
    """Migrations give a table between two models the project's key type, whatever its app prefers."""
    key = import_string(settings.DEFAULT_AUTO_FIELD)(primary_key=True)
    key.set_attributes_from_name("id")
    key.model = through
    if key.db_type(connection) != through._meta.pk.db_type(connection):
        editor.alter_field(through, through._meta.pk, key)


def go_beyond_models() -> None:
    """Do what migrations do besides creating what models describe."""
    with connection.schema_editor(atomic=False) as editor:
        for path in settings.SCHEMA_BEYOND_MODELS:
            import_string(path)(apps, editor)


def _mark_migrations_applied() -> None:
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    known = MigrationLoader(None, replace_migrations=False).disk_migrations
    # A migration that replaces others is recorded with them, as `migrate` does.
    names = set(known) | {replaced for migration in known.values() for replaced in migration.replaces}
    recorder.Migration.objects.bulk_create(
        recorder.Migration(app=app, name=name) for app, name in sorted(names)
    )
