"""Which items are kept: the editor's topics read into rules, and items judged by them. Pure."""
