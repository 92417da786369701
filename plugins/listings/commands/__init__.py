"""What the listings' commands do."""
