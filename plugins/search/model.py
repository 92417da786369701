"""What of Pagefind's output is published, and what it is shown. Tables only."""

FOLDER = "pagefind"
"""Where the index lies, below the site's root; theme/static/js/search.js looks for it there."""

COMMON = ("wasm.*.pagefind", "pagefind-worker.js", "pagefind.js")
"""What reads an index in a browser, the same for each. In this order they are written: the last asks for the others.

Pagefind's own search forms are left out.
"""

MARK = b"data-pagefind-body"
"""The attribute by which a template hands a part of its page to the index (https://pagefind.app/docs/indexing/)."""

FOUND = "_found"
"""The folder, among the pages Pagefind is shown, of the records that sections hand over; it is published nowhere."""
