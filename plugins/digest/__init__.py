"""The digest: what happened lately as a draft post, and any post as an e-mail."""
