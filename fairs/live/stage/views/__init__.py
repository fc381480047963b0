"""The pages of a live room of a session, and the organiser's about it."""
