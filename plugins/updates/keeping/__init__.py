"""Keeping: items told apart, judged by topics, merged, and archived for good."""
