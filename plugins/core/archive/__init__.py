"""What the archives of all features have in common: rows in files by month, checksums, and no row ever lost."""
