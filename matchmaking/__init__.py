"""Who should meet whom, and when; a room still empty."""
