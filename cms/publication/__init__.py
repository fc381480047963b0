"""Between a page and its readers: checks, reading by another, the clock, letters."""
