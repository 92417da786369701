"""Stories: updates on the same event, clustered. Values in, values out: no file, clock or network."""
