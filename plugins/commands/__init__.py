"""What tasks.py is made of: the commands, by what they are for, their options, and how errors are reported."""
