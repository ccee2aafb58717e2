"""`make bench-insights`: made-up people whose truth is known, to see how often the insights fool somebody."""
