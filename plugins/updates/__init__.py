"""Strike updates: collected from other people's feeds or entered by hand, archived, and published as the wire."""
