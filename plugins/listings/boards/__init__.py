"""Job boards: an adapter a provider, from its documented answers to postings. No file, network or clock is reached."""
