"""What readers get of the wire: views, pages, feeds, data files."""
