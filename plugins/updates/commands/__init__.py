"""What the verbs about updates do: fetch, desk, sources-import, ping, and `./inv check --topics`. I/O happens here."""
