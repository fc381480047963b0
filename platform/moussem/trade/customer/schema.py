"""What Oscar's migrations leave in the database and its models no longer say."""

from typing import Any

NOTIFICATIONS_BY_DATE = (
    "CREATE INDEX IF NOT EXISTS communication_notification_date_sent"
    " ON communication_notification (date_sent)"
)


def index_notifications(apps: Any, schema_editor: Any) -> None:
    """The index that Oscar's customer 0001 made, before notifications moved to another app."""
    schema_editor.execute(NOTIFICATIONS_BY_DATE)
