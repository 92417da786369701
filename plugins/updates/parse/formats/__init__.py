"""The feed formats: each reads a body into entries, as the feed says them."""
