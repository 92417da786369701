"""Topics: what an editor asks for, which item matches, and why."""
