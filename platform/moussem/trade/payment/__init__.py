"""Fork of Oscar's `payment`: only what differs."""
