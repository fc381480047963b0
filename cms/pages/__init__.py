"""The kinds of pages an editor writes, each in a file of its own with the template that shows it."""
