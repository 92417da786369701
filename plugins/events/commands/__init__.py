"""What `./inv fetch` does with calendars."""
