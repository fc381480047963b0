"""What people type in the catalogue."""
