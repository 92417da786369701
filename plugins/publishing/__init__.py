"""Saving and publishing: doors around git, and what a new site and its manual are made of. Knows no feature."""
