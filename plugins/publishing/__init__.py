"""Save the archive and publish the site by git; begin a new site. Knows no feature."""
