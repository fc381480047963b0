"""Fork of Oscar's `dashboard`: only what differs."""
