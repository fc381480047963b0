"""The pages of the seller's desk and of the buyer's desk."""
