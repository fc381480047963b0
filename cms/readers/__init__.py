"""What readers are answered: pages in their language, moved ones, what stands beside a text."""
