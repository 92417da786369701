"""Filter: the topics say of each item whether it is kept, and why. Values in, values out: no file, clock or network."""
