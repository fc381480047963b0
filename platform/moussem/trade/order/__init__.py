"""Fork of Oscar's `order`: only what differs."""
