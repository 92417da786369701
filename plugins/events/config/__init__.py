"""What is written by hand: events.toml, and the calendars among the sources of the wire. Read and checked."""
