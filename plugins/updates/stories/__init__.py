"""Stories: reports on the same event, clustered."""
