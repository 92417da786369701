"""The verbs that begin something: `new`, `digest`, `import`, and `accept`, a reader's issue.

What a verb needs is imported when it runs.
"""

import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

from plugins.core.errors import Problem, SiteError
from plugins.verbs.told import told
from plugins.verbs.words import CONTENT, PRIVATE, SETTINGS

ROOT = Path(__file__).parents[2]


@task(
    positional=["what"],
    help={
        "what": "post, update, listing or fund; or site, for a copy of your own without the example",
        "name": "the post's title, the update's address, the listing's id; or the site's name",
        "address": "where readers will find it",
        "strike": 'the strike, as "WHO against WHOM"',
        "zone": "the time zone of its dates",
    },
)
@told
def new(c: Context, what: str, name: str = "", address: str = "", strike: str = "", zone: str = "") -> None:
    """Begin something new, asking for what is not given."""
    if what not in NEW:
        raise SiteError([Problem("", 0, f"there is no new {what!r}", f"one of: {', '.join(sorted(NEW))}")])
    NEW[what]({"name": name, "address": address, "strike": strike, "zone": zone})


@task(
    help={
        "since": "from when on: 7d, 2w, 36h or a day such as 2026-11-01 (7d where nothing is said)",
        "post": "make only an e-mail, of this post as it stands",
        "email": "the .eml file to write, a new one; else it lies in .cache/digest/, and is made anew",
        "content": CONTENT,
        "settings": SETTINGS,
    }
)
@told
def digest(
    c: Context,
    since: str = "",
    post: str = "",
    email: str = "",
    content: str | None = None,
    settings: str = "publishconf.py",
) -> None:
    """Begin a post of what happened lately, and write it, or any post, as an e-mail. Nothing is sent."""
    from plugins.digest import command
    from plugins.sections import build as door

    command.digest(door.settings(settings, PATH=content), command.Options(since, post, email))


@task(
    positional=["issue"],
    help={
        "issue": "the issue's text in a file, - for what is pasted, or its number or address on GitHub (by gh)",
        "content": CONTENT,
        "settings": SETTINGS,
    },
)
@told
def accept(c: Context, issue: str, content: str | None = None, settings: str = "pelicanconf.py") -> None:
    """Make an entry of a reader's issue: an update, a fund nobody has signed, or a correction to finish."""
    from plugins.core import files
    from plugins.core.config import settings_file
    from plugins.writing import accept_issue as door

    if issue == "-" and sys.stdin.isatty():
        print("Paste the issue's text, then end it with Ctrl-D on a line of its own.", file=sys.stderr)
    accepted = door.accept(issue, settings_file.read(settings, PATH=content), ROOT)
    print(f"{accepted.form}: written {', '.join(map(files.spoken, accepted.files))}.")
    print(*accepted.said, sep="\n")


@task(
    name="import",
    positional=["given"],
    iterable=["allow_private_host"],
    help={
        "given": "an export's file or folder, or the address of a feed",
        "as_": "substack, medium, wordpress or feed, where looking at it does not tell",
        "site": "the old site's address, where the export does not say it",
        "images": "bring the pictures along (--no-images leaves them where they are)",
        "allow_private_host": PRIVATE,
        "content": CONTENT,
    },
)
@told
def import_site(
    c: Context,
    given: str,
    as_: str = "",
    site: str = "",
    images: bool = True,
    allow_private_host: list[str] | None = None,
    content: str | None = None,
) -> None:
    """Bring an old site's texts here: an export of Substack, Medium or WordPress, or any feed; tell what was lost."""
    from plugins.core.config import settings_file
    from plugins.importing import command

    options = command.Options(kind=as_, site=site, images=images, allow=tuple(allow_private_host or ()))
    if code := command.import_site(settings_file.read(PATH=content), given, options):
        raise Exit(code=code)


def _new_site(given: Mapping[str, str]) -> None:
    from plugins.publishing import fresh_site

    try:
        answers = fresh_site.ask(given, input if sys.stdin.isatty() else None)
    except (EOFError, KeyboardInterrupt) as error:
        raise SiteError([Problem("", 0, "the questions were not answered", "begin again: ./inv new site")]) from error
    fresh_site.new_site(ROOT, answers, date.today())  # noqa: DTZ011 - the day it is here
    print("The example is gone. Look at content/strikes.toml and content/pages/about.md, then run ./inv serve.")
    print('Commit it when it is as you want it: git add --all, then git commit --message "Our own site".')


def _new_text(kind: str) -> Callable[[Mapping[str, str]], None]:
    def write(given: Mapping[str, str]) -> None:
        from plugins.core import files
        from plugins.core.config import settings_file
        from plugins.writing import new as writing

        settings = settings_file.read()
        path = writing.NEW[kind](settings, given["name"], datetime.now(ZoneInfo(settings["TIMEZONE"])))
        print(f"Written: {files.spoken(path)}. Its comments explain every field.")
        if kind in _DRAFTS:
            print("It is a draft: ./inv serve --drafts shows it to you, and nobody else sees it.")

    return write


_DRAFTS = ("post", "listing")
NEW: Mapping[str, Callable[[Mapping[str, str]], None]] = {
    "site": _new_site,
    **{kind: _new_text(kind) for kind in ("post", "update", "listing", "fund")},
}
