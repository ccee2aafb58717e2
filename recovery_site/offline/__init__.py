"""What works without a connection: the worker, the pages it keeps, and taking in what a phone wrote meanwhile."""
