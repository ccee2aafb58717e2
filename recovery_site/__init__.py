"""The site: settings, addresses, and every page that joins apps."""
