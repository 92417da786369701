"""The preview: the site on this machine while it is written, built again at every save, its problems in the page."""
