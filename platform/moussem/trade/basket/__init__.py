"""Fork of Oscar's `basket`: only what differs."""
