"""What people type about sharing and care."""
