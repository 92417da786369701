"""What an export or a feed says, read by format into pieces; hostile as it came."""
