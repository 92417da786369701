"""The archive of what was read of calendars: its rows, its folder, and how what is read changes what is kept."""
