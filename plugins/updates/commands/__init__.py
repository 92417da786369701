"""The commands of the wire: fetch, desk, explain, sources-import, ping."""
