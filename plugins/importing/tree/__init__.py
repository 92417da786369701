"""A document's tree of HTML, brought into the few shapes that Markdown has."""
