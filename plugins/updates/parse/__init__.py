"""Bytes to items: feed formats, dates, links, safe HTML; the parse cache and the worker processes."""
