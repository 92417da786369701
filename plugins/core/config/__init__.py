"""Read settings and content files into checked, typed values; each problem has the line of its value."""
