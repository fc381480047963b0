"""Fork of Oscar's `partner`: only what differs."""
