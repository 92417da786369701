"""The archive as files: rows of JSON by month, sealed, and written so that nothing is ever lost."""
