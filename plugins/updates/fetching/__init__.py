"""Asking: when a source may be asked, how it is asked, and what is remembered of the visit."""
