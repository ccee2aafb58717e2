"""What people do about sharing: each verb is one transaction."""
