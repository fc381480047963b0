"""The editors’ house; a room still empty."""
