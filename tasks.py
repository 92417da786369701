"""The verbs of the site: `./inv --list` names them, `./inv --help VERB` explains one.

Thin: the verbs are in plugins/verbs, and each calls one door of the house. Exit codes: 0 done, 1 the content or the run
has problems (they are listed), 2 the command was misused, 3 what was asked for could not be checked here.
"""

from plugins.verbs.begin import accept, digest, import_site, new
from plugins.verbs.maintain import bench, docs, golden, lint, screenshots, test, words
from plugins.verbs.share import publish, save
from plugins.verbs.site import build, check, serve, site, verify
from plugins.verbs.wire import desk, fetch, ping, sources_import

__all__ = [
    "accept",
    "bench",
    "build",
    "check",
    "desk",
    "digest",
    "docs",
    "fetch",
    "golden",
    "import_site",
    "lint",
    "new",
    "ping",
    "publish",
    "save",
    "screenshots",
    "serve",
    "site",
    "sources_import",
    "test",
    "verify",
    "words",
]
