"""A document's tree written as a file: escapes, Markdown, front matter, and the verification of what was written."""
