"""`./inv publish`: build the site as readers will see it, and push it to a branch that is served.

For those whose host serves a branch, without Actions. It refuses what is not committed and what does not pass, before
anything is pushed; it never touches the branch that is checked out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from subprocess import CalledProcessError

from ghp_import import GhpError, ghp_import

from plugins.core.config.settings_file import Settings
from plugins.core.errors import Problem, SiteError
from plugins.core.files import display_path
from plugins.publishing import site_address
from plugins.publishing.git import Repository, around
from plugins.sections import build
from plugins.sections import settings as site_settings
from plugins.sections.check import check as check_content
from plugins.sections.settings import SiteSettings

BRANCH = "gh-pages"
_REMOTE = "origin"
_SHOWN = 5

Check = Callable[[SiteSettings], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: where it will be seen, and what it was made of that `origin` does not have yet.

    `branch` is the one checked out, `unpushed` the first lines of its commits that are not pushed, newest first.
    """

    url: str
    branch: str
    unpushed: tuple[str, ...]


def publish(settings: Settings, check: Check, environment: Mapping[str, str] | None = None) -> Published:
    """Build, check and push the site, and return what was published; `check` looks at what was built.

    `settings` are publishconf.py's; their output is put into the cache, so that it is not mixed with one for another
    address. Raises SiteError where something is not committed, the address is a placeholder, the content or the built
    site has problems, or git refuses; then nothing was pushed.
    """
    try:
        place = site_address.read(settings.of(SiteSettings).siteurl)
    except ValueError as error:
        remedy = "say where readers find the site: SITEURL=https://you.github.io/repo ./inv publish"
        raise SiteError([Problem("publishconf.py", 0, f"SITEURL {error}", remedy)]) from error
    content = settings.of(SiteSettings).content
    repo = around(content, environment)
    _refuse_unready(repo)
    refuse_uncommitted(repo)
    output = content.resolve().parent / ".cache" / "publish"
    apart = site_settings.check({**settings.pelican, "OUTPUT_PATH": str(output)})
    check_content(apart)
    build.build(apart)
    if problems := list(check(apart.of(SiteSettings))):
        raise SiteError(problems)
    unpushed = repo.run("log", "--format=%s", "HEAD", "--not", f"--remotes={_REMOTE}").splitlines()
    _push(repo, output, place)
    return Published(place.url, repo.branch(), tuple(unpushed))


def tell(published: Published) -> str:
    """Return what to say of what was published: what is not pushed yet, and at the end the site's address."""
    lines = [f"Pushed: {published.url}"]
    if published.unpushed:
        named = _first_few(published.unpushed, "; ")
        commits = _counted(len(published.unpushed), "commit")
        remedy = f"Readers have the site; to keep what it is made of: git push {_REMOTE} {published.branch}"
        lines.insert(0, f"{commits} on {published.branch} alone, and not pushed to {_REMOTE} ({named}). {remedy}")
    return "\n".join(lines)


def refuse_uncommitted(repo: Repository, but: str = "") -> None:
    """Raise SiteError with the files that are not committed: nobody could say later what was published.

    Those in the folder `but`, a path from the repository's root, do not count.
    """
    rows = repo.names("status", "--porcelain", "--untracked-files=all", "--no-renames", "-z")
    paths = [row[3:] for row in rows]  # after two letters of what became of it, and a blank
    if but:
        paths = [path for path in paths if not path.startswith(f"{but}/")]
    if paths:
        what = f"{_counted(len(paths), 'file')} not committed ({_first_few(paths, ', ')})"
        remedy = 'git add --all, then git commit --message "…"; or take back what you did not mean'
        raise SiteError([Problem("", 0, what, remedy)])


def _first_few(things: Sequence[str], between: str) -> str:
    ellipsis = " …" if len(things) > _SHOWN else ""
    return between.join(things[:_SHOWN]) + ellipsis


def _counted(count: int, what: str) -> str:
    return f"1 {what} is" if count == 1 else f"{count} {what}s are"


def _refuse_unready(repo: Repository) -> None:
    repo.run("var", "GIT_COMMITTER_IDENT")  # git says what to do where it does not know who is publishing
    if repo.branch() == BRANCH:
        what, remedy = f"the branch {BRANCH} is checked out, which is the one to be written", "git switch main"
        raise SiteError([Problem(display_path(repo.root), 0, what, remedy)])


def _push(repo: Repository, output: Path, place: site_address.SiteAddress) -> None:
    source = repo.run("rev-parse", "--short", "HEAD").strip()
    served, ours = f"refs/remotes/{_REMOTE}/{BRANCH}", f"refs/heads/{BRANCH}"
    if repo.run("ls-remote", "--heads", _REMOTE, BRANCH):
        repo.run("fetch", "--quiet", _REMOTE, f"+{ours}:{served}")
    before = repo.attempt("rev-parse", "--quiet", "--verify", ours).stdout
    try:
        with chdir(repo.root):
            ghp_import(
                str(output),
                remote=_REMOTE,
                branch=BRANCH,
                mesg=f"Publish {source}",
                nojekyll=True,
                cname=place.domain or None,
            )
    except (GhpError, CalledProcessError) as error:
        raise _unmade(repo, str(error)) from error
    if repo.attempt("rev-parse", "--quiet", "--verify", ours).stdout == before:
        raise _unmade(repo, "git fast-import made no commit")
    repo.run("push", "--quiet", _REMOTE, f"{ours}:{ours}")


def _unmade(repo: Repository, why: str) -> SiteError:
    what = f"the branch {BRANCH} could not be written ({why})"
    return SiteError([Problem(display_path(repo.root), 0, what, "put right what git names; nothing was pushed")])
