"""Fairs, from the call for exhibitors to the report."""
