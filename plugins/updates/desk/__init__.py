"""The desk: an editor's corrections to single updates. They are kept in desk.toml, apart from what a fetch writes."""
