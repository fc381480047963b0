"""Pages of badges: for the person, the exhibitor, the organiser, and the door."""
