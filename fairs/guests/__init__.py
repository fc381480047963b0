"""Who comes to buy or to look: registration with needs, vetting with evidence, tiers, hosted buyers."""
