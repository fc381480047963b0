"""Calls, applications, training and territories; a room still empty."""
