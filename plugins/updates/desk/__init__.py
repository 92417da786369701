"""The desk: the editor's corrections, which survive every fetch."""
