"""What tasks.py is made of: how a verb tells of problems, what `new` begins, and the maintainer's own verbs."""
