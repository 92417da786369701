"""The calendars of others: asked for, and read in a process of its own. Everything in them is hostile."""
