"""What search engines, crawlers and phones are told of the site: sitemap, robots.txt, web manifest."""
