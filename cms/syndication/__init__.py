"""Pages told elsewhere: feeds, the map for crawlers, shared links, facts for machines."""
