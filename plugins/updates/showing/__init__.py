"""Showing: the wire as pages, feeds and data for others."""
