"""Strikes: who, against whom, from when to when, with milestones."""
