"""Editions, floor, sessions, badges and live rooms; a room still empty."""
