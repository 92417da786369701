"""The commands of the site: `./inv` lists them, `./inv COMMAND --help` explains one.

Thin: each is written in plugins/commands, and calls one function of the plugin whose work it is. Exit codes: 0 done,
1 the content or the run has problems (they are listed), 2 the command was misused, 3 what was asked for could not be
checked here.
"""

from plugins.commands.create import accept, digest, import_site
from plugins.commands.listings import listings
from plugins.commands.maintenance import bench, docs, golden, lint, screenshots, test, words
from plugins.commands.new_entries import new
from plugins.commands.program import Program
from plugins.commands.publishing import announce, publish, save
from plugins.commands.site import build, check, serve, site, verify
from plugins.commands.updates import desk, fetch, ping, sources_import

program = Program(
    {
        "The site": (site, fetch, build, serve, check),
        "Writing": (new, digest, accept, import_site),
        "The updates": (desk, sources_import),
        "The listings": (listings,),
        "Trust": (verify,),
        "Publishing": (publish, save, ping, announce),
        "Maintaining": (test, lint, bench, docs, words, screenshots, golden),
    },
    "A newsroom in a repository, for people covering a labour strike.",
)
