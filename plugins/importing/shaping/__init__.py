"""A text's tree brought into the shapes that Markdown has."""
