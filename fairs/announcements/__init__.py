"""What an organiser tells those it concerns, in three languages, until it is over."""
