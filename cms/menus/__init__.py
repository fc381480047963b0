"""Menus and footer as editors write them, and as a process holds them."""
