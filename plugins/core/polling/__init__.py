"""Asking the same addresses again and again: when, how politely, and what an answer means."""
