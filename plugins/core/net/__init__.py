"""The one HTTP client: polite, bounded, to public addresses only; and what its answers prove of a link."""
