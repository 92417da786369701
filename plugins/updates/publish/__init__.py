"""Publish: stories become views, pages, feeds and data files. Values in, values out: no file, clock or network."""
