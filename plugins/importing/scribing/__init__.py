"""A shaped tree written as a file of this site, and proved."""
