"""What only the old site could show, turned into HTML that a page here has: each module looks for one kind of thing."""
