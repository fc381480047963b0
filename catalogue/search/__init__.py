"""Search: one question in any language, two engines, the same answers."""
