"""The newsletter: signed up for twice, stopped by one press, sent once a week at most."""
