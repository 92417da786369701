"""Blocks and links for Markdown, checks of what texts say, redirects from old addresses, new entries, translations."""
