"""Incremental: a plugin for any Pelican site that builds only what changed, and writes only what differs.

It imports nothing of the site around it, so that its folder can be copied to another. `signals` says what other plugins
can hang on it.
"""

from .plugin import register

__all__ = ["register"]
