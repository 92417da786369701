"""Language: the interface's words in the site's language, from one catalogue a language."""
