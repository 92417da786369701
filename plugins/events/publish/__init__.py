"""What the site shows of events: pages, .ics files, a feed, news, and what the search finds. Pure."""
