"""Feeds in (`read`) and out (`write`)."""
