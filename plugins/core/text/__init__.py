"""Text as people and addresses have it: URLs, slugs, plain text, dates and money in words."""
