"""A program that never answers, in place of one that reads calendars."""

import signal

if __name__ == "__main__":
    signal.pause()
