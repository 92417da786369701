"""Funds: places to give or to get help, shown only as far as they can be trusted."""
