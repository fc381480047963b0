"""What happens to an order once it is placed: the seller's desk and the buyer's desk."""
