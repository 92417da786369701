"""What tasks.py is made of: the verbs, by what they are for, and how one tells of problems."""
