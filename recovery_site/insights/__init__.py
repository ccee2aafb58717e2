"""What the logs say: `/insights/`, its tables as CSV, and questions of one's own."""
