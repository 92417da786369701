"""What publishing changes in pelicanconf.py. SITEURL comes from the environment, so that a fork needs no edit."""

import os
import sys

sys.path.append(os.curdir)
from pelicanconf import *

SITEURL = os.environ.get("SITEURL", "https://example.org").rstrip("/")
PUBLISHING = True
