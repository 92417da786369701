"""When a source is asked, how, and what its answer means."""
