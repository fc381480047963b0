"""Pages of a programme: read, kept, planned; and its calendars."""
