"""The pages of the editors in the search: an index that follows what is published, and mends itself."""
