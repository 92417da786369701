"""The archive of listings: its rows, its folder, and how two branches' rows of one listing become one."""
