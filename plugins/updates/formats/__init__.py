"""What a feed says, read from its bytes: RSS, Atom and JSON Feed made the same shapes, `entry`, and nothing cleaned."""
