"""Events: pickets and meetings, written by hand or read from others' calendars, as pages, feeds and .ics files."""
