"""The house before its first editor: sections, contact, workflow."""
