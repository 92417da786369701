"""The verbs for the whole site: build it, check it, look at it. What a verb needs is imported when it runs."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

from plugins.core import files
from plugins.core.errors import SiteError
from plugins.verbs.told import told
from plugins.verbs.words import CONTENT, FORCE, OUTPUT, PLACES, PRIVATE, SETTINGS


@task(
    iterable=["allow_private_host"],
    help={"content": CONTENT, "output": OUTPUT, "force": FORCE, "allow_private_host": PRIVATE},
)
@told
def site(
    c: Context,
    content: str | None = None,
    output: str | None = None,
    force: bool = False,
    allow_private_host: list[str] | None = None,
) -> None:
    """Fetch the updates, then build the site: the whole job."""
    from plugins.sections import build as door
    from plugins.sections.check import check as check_content
    from plugins.updates.commands import fetch_sources

    settings = door.settings(PATH=content, OUTPUT_PATH=output)
    check_content(settings)
    fetch_sources.fetch(settings, fetch_sources.Options(force=force, allow=tuple(allow_private_host or ())))
    _build(settings)


@task(help=PLACES)
@told
def build(c: Context, content: str | None = None, output: str | None = None, settings: str = "pelicanconf.py") -> None:
    """Build the site from content and archive, offline."""
    from plugins.sections import build as door

    _build(door.settings(settings, PATH=content, OUTPUT_PATH=output))


@task(
    help={
        **PLACES,
        "html": "the built pages' HTML too, with the Nu HTML checker; needs Java, and npm to fetch it once",
    }
)
@told
def check(
    c: Context,
    content: str | None = None,
    output: str | None = None,
    settings: str = "pelicanconf.py",
    html: bool = False,
) -> None:
    """Check all content and settings, and the links within the site as last built; list every problem."""
    from plugins.core.config import settings_file
    from plugins.html import checker as nu
    from plugins.links import built_site
    from plugins.sections.check import check as check_content
    from plugins.updates.commands import check_topics

    values = settings_file.read(settings, PATH=content, OUTPUT_PATH=output)
    gathered = check_content(values)
    found, unchecked = nu.look(Path(values["OUTPUT_PATH"])) if html else ((), "")
    if problems := (*built_site.problems(values), *found):
        raise SiteError(problems)
    print(f"No problems in {len(gathered.editions)} sections.")
    print(*check_topics.topics(values, datetime.now(UTC)), sep="\n")
    if unchecked:
        raise Exit(unchecked, code=3)


@task(
    help={
        "content": CONTENT,
        "settings": SETTINGS,
        "port": "the port on this machine; 0 takes any that is free",
        "drafts": "show drafts and what is scheduled too, each marked; none of it reaches the output",
    }
)
@told
def serve(
    c: Context,
    content: str | None = None,
    settings: str = "pelicanconf.py",
    port: int = 8000,
    drafts: bool = False,
) -> None:
    """Show the site on this machine, and build it again at every save; problems are shown in the page."""
    from plugins.preview.command import preview
    from plugins.preview.model import Wish

    preview(Wish(settings, content, port, drafts))


@task(
    iterable=["allow_private_host", "fund"],
    help={
        "content": CONTENT,
        "links": "look at every link to another site instead, and find archived copies of what is cited",
        "sign": "your name: write verified_on and verified_by for funds whose evidence is clean",
        "fund": "only the fund with this id (repeatable)",
        "force": "with --links: look at every page now, not only those whose week is over",
        "allow_private_host": PRIVATE,
        "settings": SETTINGS,
    },
)
@told
def verify(
    c: Context,
    content: str | None = None,
    links: bool = False,
    sign: str = "",
    fund: list[str] | None = None,
    force: bool = False,
    allow_private_host: list[str] | None = None,
    settings: str = "pelicanconf.py",
) -> None:
    """Look whether the funds' links, or all links, still lead where they should; exit 1 where an editor must look."""
    from plugins.funds import verify as funds
    from plugins.links import verify as pages
    from plugins.sections import build as door

    values, allow = door.settings(settings, PATH=content), tuple(allow_private_host or ())
    if links:
        code = pages.verify(values, pages.Options(force=force, allow=allow))
    else:
        code = funds.verify(values, funds.Options(sign=sign, only=tuple(fund or ()), allow=allow))
    if code:
        raise Exit(code=code)


def _build(settings: dict[str, Any]) -> None:
    from plugins.sections import build as door

    door.build(settings)
    print(f"Built {files.spoken(Path(settings['OUTPUT_PATH']))}")
