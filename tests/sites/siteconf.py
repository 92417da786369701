"""The settings of test sites: those that are shipped, with what the example says of itself held fixed."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT))
from tests.shipped.pelicanconf import *

SITENAME = "Picketwire"
TAGLINE = "What the strike did today, what the studios are hiring for, and where help goes."
REPOSITORY = ""
PATH = os.environ.get("CONTENT", PATH)  # noqa: F405 - AS_OF holds for no other content than the settings' own
AS_OF = os.environ.get("AS_OF", "")
NOTICE = "An example: the Hollywood strikes of 2023, kept to show how this site works."
THEME = str(ROOT / "theme")
