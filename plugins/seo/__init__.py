"""Signposts: what tells visiting programs where things are, and which of them are not welcome."""
