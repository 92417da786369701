"""Picketwire's Pelican plugins: one folder a feature, on a shared floor of sections and core."""
