"""The programme of an edition: sessions by room and track, what was released of them, who keeps what."""
