"""What `./inv check` does without: it is run at every save, so it asks for no more than it needs."""

import os
import subprocess
import sys

from tests.copies import ROOT
from tests.sites.conftest import NOW

_ASKED = """
import sys
from importlib import import_module
from plugins.sections import settings as conf
from plugins.sections.check import check
from plugins.sections.signals import get_section
from plugins.links import built_site as built
from plugins.updates.commands import check_topics as check_command

values = conf.read("tests/sites/siteconf.py", PATH="tests/sites/small/content")
check(values)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
asked = set(get_section.receivers_for(None))
for name in values.of(conf.SiteSettings).plugins:
    import_module(name).register()
print(*sorted(one.__module__ for one in set(get_section.receivers_for(None)) - asked))
"""
SLOW = {"PIL", "aiohttp", "babel", "courlan", "docutils", "feedgenerator", "feedparser", "jinja2", "pelican", "tomlkit"}


def test_a_check_loads_nothing_slow_and_leaves_nothing_out() -> None:
    """Neither Pelican nor the network is loaded, and every section that a build asks is asked by a check."""
    done = subprocess.run(
        [sys.executable, "-c", _ASKED],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": NOW},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    loaded, left_out, _ = done.stdout.split("\n")
    assert SLOW & set(loaded.split()) == set()
    assert left_out == ""
