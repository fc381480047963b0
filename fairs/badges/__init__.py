"""Who may pass the doors: badges with a signed code, doors and keepers, scans even without a network."""
