"""Feeds written: the same values as Atom, RSS 2.0 and JSON Feed."""
