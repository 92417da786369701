"""Listings: job ads commented on, and their pay held against yardsticks."""
