"""Feeds in: bytes → a feed's entries, as the feed says them. Nothing is cleaned here, and no address is checked."""
