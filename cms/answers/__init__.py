"""Forms made by an editor: what a reader sends is kept with the consent, and mailed to the editors."""
