"""What publishing changes in pelicanconf.py. SITEURL and WEBSUB_HUB come from the environment, if they are there."""

import os
import sys

sys.path.append(os.curdir)
from pelicanconf import *

SITEURL = (os.environ.get("SITEURL") or "https://example.org").rstrip("/")
WEBSUB_HUB = os.environ.get("WEBSUB_HUB") or WEBSUB_HUB
PUBLISHING = True
