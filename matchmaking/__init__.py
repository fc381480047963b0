"""Who should meet whom, and when."""
