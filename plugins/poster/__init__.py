"""A plain page to print and hang up: the day of the strike, the next pickets, how to give, a code of the address."""
