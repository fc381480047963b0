"""Applications of exhibitors: what is asked of them, until when, and what they sent."""
