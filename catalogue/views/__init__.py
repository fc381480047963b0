"""The pages a visitor sees."""
