"""Fork of Oscar's `shipping`: only what differs."""
