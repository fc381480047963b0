"""Who works in the house: roles, groups, correspondents."""
