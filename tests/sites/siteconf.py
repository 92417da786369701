"""The settings of test sites: the project's own, with what a fork changes held fixed."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT))
from pelicanconf import *

SITENAME = "Picketwire"
TAGLINE = "What the strike did today, what the studios are hiring for, and where help goes."
SITEURL = "http://localhost:8000"
TIMEZONE = "America/Los_Angeles"
DEFAULT_LANG = "en"
CONTACT = ""
REPOSITORY = ""
NOTICE = "An example: the Hollywood strikes of 2023, kept to show how this site works."
LICENCE_TEXT = "Text CC BY 4.0"
THEME = str(ROOT / "theme")
