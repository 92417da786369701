"""Reading: a feed's bytes become items, their HTML cleaned, their dates and texts mended."""
