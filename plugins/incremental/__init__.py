"""Incremental: a build touches only the output files whose bytes change, and removes its own orphans."""
