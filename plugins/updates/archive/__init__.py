"""The archive: an item's identity, merging, the month files and their checksums, what is known of each source."""
