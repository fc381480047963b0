"""Fork of Oscar's `customer`: only what differs."""
