"""Links: citations that are looked at, kept in archives, and shown as what they are when they have gone."""
