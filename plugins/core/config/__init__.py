"""Settings and content files read into checked, typed values, with the line each value stands on."""
