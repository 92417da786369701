"""The archive: its rows, its folder and checksums, an item's identity, merging, and what is known of each source."""
