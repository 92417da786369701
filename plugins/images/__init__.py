"""Images: the pictures of published texts, in fitting sizes, without what a camera says of where it was."""
