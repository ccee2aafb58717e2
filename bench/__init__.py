"""What pages cost, beside a bare Django project measured in the same run."""
