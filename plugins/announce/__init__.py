"""What is new is posted to Mastodon and Bluesky, once each: posts, stories the editor pinned, cancelled pickets."""
