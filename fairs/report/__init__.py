"""What an edition came to: from applications to orders, by region, sector, women-led and market."""
