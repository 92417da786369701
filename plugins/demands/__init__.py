"""Demands: what was asked, offered and won on one topic of a strike, each with its day and source."""
