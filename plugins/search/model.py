"""What of Pagefind's output is published, and what it is shown. Tables only."""

FOLDER = "pagefind"
"""Where the index lies, below the site's root; theme/static/js/search.js looks for it there."""

COMMON = ("pagefind.js", "pagefind-worker.js", "wasm.*.pagefind")
"""What reads an index in a browser, the same for each; Pagefind's own search forms are left out."""

MARK = b"data-pagefind-body"
"""The attribute by which a template hands a part of its page to the index (https://pagefind.app/docs/indexing/)."""

FOUND = "_found"
"""The folder, among the pages Pagefind is shown, of the records that sections hand over; it is published nowhere."""
