"""Watching the boards: a read of each, what it changes in the archive, and one run over all of them."""
