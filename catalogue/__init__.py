"""Fork of Oscar's `catalogue`: only what differs."""
