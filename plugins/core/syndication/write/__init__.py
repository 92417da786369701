"""Feeds out: the same values written as Atom, RSS 2.0 and JSON Feed."""
