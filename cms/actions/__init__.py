"""What changes the editors' house besides its editors."""
