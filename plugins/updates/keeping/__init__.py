"""Keeping: items told apart, judged by topics, and merged with what is archived."""
