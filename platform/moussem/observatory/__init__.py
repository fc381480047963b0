"""Read-only figures and market knowledge; a room still empty."""
