"""What buyers and sellers call things: the words that searches know, which staff edits."""
