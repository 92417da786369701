"""Cards: the picture that stands for a page where a link to it is shared."""
