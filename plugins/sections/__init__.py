"""The floor the features stand on: a section loads its content, then hands pages and feeds to be printed."""
