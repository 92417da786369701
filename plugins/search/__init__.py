"""Search: an index of posts, stories and listings that a reader's browser searches by itself."""
