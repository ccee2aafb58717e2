"""Pages of goals, steps and look backs. One goal's own page joins apps and lives in the site."""
