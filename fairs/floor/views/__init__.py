"""Pages of the floor: the public ones, the organiser's, and each exhibitor's own."""
