"""What a picture's bytes are, told without trusting its name."""
