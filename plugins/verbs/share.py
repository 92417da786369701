"""The verbs that send something away: the archive to where the repository lives, the site to where readers are."""

from datetime import UTC, datetime
from pathlib import Path

from invoke.context import Context
from invoke.tasks import task

from plugins.verbs.told import told
from plugins.verbs.words import CONTENT


@task(help={"content": CONTENT})
@told
def save(c: Context, content: str | None = None) -> None:
    """Commit the archive and push it, on top of whatever others have pushed meanwhile."""
    from plugins.core.config import settings_file
    from plugins.publishing import save_archive

    saved = save_archive.save(Path(settings_file.read(PATH=content)["PATH"]), datetime.now(UTC))
    times = f" ({saved.pushes} pushes)" if saved.pushes > 1 else ""
    print(
        {"nothing": "Nothing to save.", "archive": "Saved the archive", "heartbeat": "Made a heartbeat"}[saved.what]
        + times
    )


@task(help={"content": CONTENT})
@told
def publish(c: Context, content: str | None = None) -> None:
    """Build the site for SITEURL, check it, and push it to the branch gh-pages: for hosts that serve a branch."""
    from plugins.links import built_site
    from plugins.publishing.publish import publish as publish_site
    from plugins.sections import build as door

    print(f"Pushed: {publish_site(door.settings('publishconf.py', PATH=content), built_site.problems)}")
