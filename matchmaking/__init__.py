"""Who should meet whom at a fair, and when: docs/decisions/0019-the-rooms-of-matchmaking.md."""
