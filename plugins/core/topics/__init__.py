"""The language of topics: an editor's terms, looked for in the words of a text. Values in, values out."""
