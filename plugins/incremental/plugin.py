"""Connect to Pelican: a build is made in a folder aside, then only what differs is written to the output.

So whatever writes a page, Pelican itself or any plugin, needs to know nothing of this, and a build that
fails leaves the last good output as it was.
"""

import logging
import shutil
from pathlib import Path

from pelican import Pelican, signals

from plugins.incremental import ledger, output
from plugins.incremental.plan import plan
from plugins.sections import settings
from plugins.sections.build_state import build_state
from plugins.sections.newsroom import newsroom
from plugins.sections.settings import SiteSettings
from plugins.sections.signals import Brought, Built, brought
from plugins.sections.signals import built as printed

log = logging.getLogger(__name__)
_SHOWN = 5


def register() -> None:
    """Connect to Pelican's signals, and nothing else: what fails in here, Pelican swallows."""
    signals.initialized.connect(build_aside)
    signals.finalized.connect(bring_over)


def build_aside(pelican: Pelican) -> None:
    """Let Pelican write to an empty folder in the cache instead of the output."""
    checked = settings.check(pelican.settings)
    aside = ledger.staging(newsroom(checked).cache, checked.of(SiteSettings).output)
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    pelican.output_path = str(aside)


def bring_over(pelican: Pelican) -> None:
    """Make the output equal to what was built, touching only what differs; remember what was made."""
    built, target = Path(pelican.output_path), Path(pelican.settings["OUTPUT_PATH"])
    state = build_state(pelican.settings)
    room = state.newsroom
    printed.send(Built(built, state))
    made, before = output.digests(built), ledger.read(room.cache, target)
    decided = plan(made, output.digests(target), before)
    output.require_own_files(decided, built, target)
    # Should this run be ended half way, the next one still knows all that is ours.
    ledger.write(room.cache, target, tuple(sorted({*before, *made})))
    output.carry_out(decided, built, target)
    ledger.write(room.cache, target, tuple(made))
    brought.send(Brought(decided.write, decided.remove))
    shutil.rmtree(built)
    if decided.foreign:
        named = ", ".join(decided.foreign[:_SHOWN]) + (" …" if len(decided.foreign) > _SHOWN else "")
        log.warning("%s: not made by this site, left alone: %s; remove them if they are not yours", target, named)
    log.info("%d files written, %d removed, %d in all", len(decided.write), len(decided.remove), len(made))
