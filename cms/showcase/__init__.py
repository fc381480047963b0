"""The pages of the demonstration and the people who write them."""
