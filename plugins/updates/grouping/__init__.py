"""Grouping: updates on the same event become one story, and only those."""
