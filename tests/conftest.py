"""Scenes shared by every storey."""
