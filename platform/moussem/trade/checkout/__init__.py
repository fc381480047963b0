"""Fork of Oscar's `checkout`: only what differs."""
