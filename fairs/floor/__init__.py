"""Halls and booths: the plan of an edition, who stands where, and the page of each booth."""
