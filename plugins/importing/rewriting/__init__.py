"""What only the old site could show, rewritten as what a page here can: each room looks for its own kind of thing."""
