"""Pages that stand on several rooms: the public front of a fair, and the organiser's board."""
