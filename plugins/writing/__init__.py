"""The writer's desk: blocks and links for Markdown, checks of a text's form, redirects, and forms for new files."""
