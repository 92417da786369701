"""One reader for each kind of export: its files' bytes → the documents in it, as hostile as they came."""
