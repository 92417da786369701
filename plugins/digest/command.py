"""`./inv digest`: write a draft post of what happened lately, or print a post as an e-mail.

A draft is never written over, and no e-mail is sent from here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from plugins.core import files
from plugins.core.config.settings_file import Settings
from plugins.core.errors import MisuseError, Problem, SiteError
from plugins.digest import email_settings, markdown_lines, selection, since
from plugins.digest.draft import draft
from plugins.digest.email_message import message
from plugins.digest.model import SUFFIX, Chosen, Letter, News, Sender
from plugins.digest.render_email import UNSUBSCRIBE, letter
from plugins.digest.settings import DigestSettings
from plugins.sections.model import Newsroom
from plugins.sections.news import Period
from plugins.sections.newsroom import newsroom
from plugins.sections.settings import SiteSettings
from plugins.sections.site_reader import CheckedSite, read_site

_SINCE = "7d"
_WHY = {
    "unsubscribe": f"it has {UNSUBSCRIBE} where it must say how a reader leaves the list; set DIGEST_UNSUBSCRIBE",
    "draft": "the post is not public yet, so that links to it lead nowhere",
}


@dataclass(frozen=True, slots=True)
class DigestOptions:
    """What a run is asked for: `since`, such as 7d; or `post`, a file to make an e-mail of. `email` is its file."""

    since: str = ""
    post: str = ""
    email: str = ""


def digest(settings: Settings, options: DigestOptions) -> None:
    """Write a digest's draft and the same as an e-mail, or only a post's e-mail, and say what was written.

    Where nothing happened nothing is written. Raises SiteError where an option, a setting or the content is wrong, or a
    file is there already: then nothing was written either.
    """
    room = newsroom(settings)
    site = room.site
    sender, problems = email_settings.read(site.sitename, site.siteurl, settings.of(DigestSettings))
    problems += _email_problems(site, options.email)
    if options.post and options.since:
        problems.append(Problem("", 0, "--since and --post are both given", "give one: a post is sent as it stands"))
    if options.post:
        _of_post(settings, Path(options.post).resolve(), sender, options, problems)
    else:
        _of_period(settings, room, sender, options, problems)


def _of_post(settings: Settings, post: Path, sender: Sender, options: DigestOptions, problems: list[Problem]) -> None:
    posts = settings.of(SiteSettings).content.resolve() / "posts"
    if not (post.is_file() and post.suffix == ".md" and post.is_relative_to(posts)):
        remedy = f"give the path of a file below {files.display_path(posts)}"
        problems.append(Problem("", 0, f"--post is no post of this site (got {options.post})", remedy))
    if problems:
        raise _error(problems)
    site = read_site(settings)
    _write_letter(site, post, letter(site, post, sender), options)


def _error(problems: Sequence[Problem]) -> SiteError:
    """Return what to raise: where nothing but options is wrong, the command was misused."""
    if all(problem.what.startswith("--") for problem in problems):
        return MisuseError(problems)
    return SiteError(problems)


def _of_period(
    settings: Settings, room: Newsroom, sender: Sender, options: DigestOptions, problems: list[Problem]
) -> None:
    path = room.content.resolve() / "posts" / f"{room.now:%Y-%m-%d}{SUFFIX}"
    problems += files.problems_of_new(path)
    try:
        period = since.period(options.since or _SINCE, room.now)
    except SiteError as error:
        raise _error([*problems, *error.problems]) from error
    if problems:
        raise _error(problems)
    site = read_site(settings)
    chosen = selection.choose(_news(site, period), period, room.zone)
    if not chosen:
        print(f"Nothing happened since {period.start:%Y-%m-%d %H:%M}: nothing was written.")
        return
    _write_draft(site, chosen, period, path)
    try:
        made = letter(site, path, sender)
    except BaseException:
        path.unlink()  # nobody has written in it yet
        raise
    told = ", ".join(f"{one.news.name} {_count(one)}" for one in chosen)
    print(f"Written: {files.display_path(path)}, a draft: {told}. Its comments explain every field.")
    _write_letter(site, path, made, options)


def _count(chosen: Chosen) -> str:
    told = sum(len(group.items) for group in chosen.groups)
    if chosen.more:
        return f"{told} of {told + chosen.more}"
    return str(told)


def _news(site: CheckedSite, period: Period) -> Iterator[News]:
    for edition in site.gathered.editions:
        key = edition.navigation[0].key if edition.navigation else ""
        yield News(edition.name, key, tuple(edition.news(period)))


def _write_draft(site: CheckedSite, chosen: Sequence[Chosen], period: Period, path: Path) -> None:
    passages = tuple(map(markdown_lines.passage, chosen))
    printed = site.print("digest.md", period=period, passages=passages)
    files.create(path, draft(printed, files.display_path(path), path.stem, site.newsroom.now).encode())


def _write_letter(site: CheckedSite, post: Path, made: Letter, options: DigestOptions) -> None:
    email = site.newsroom.content.resolve().parent / ".cache" / "digest" / f"{post.stem}.eml"
    if options.email:
        email = Path(options.email).resolve()
    files.replace(email, message(made))
    print(f"Written: {files.display_path(email)}, the e-mail of {files.display_path(post)} as it stands.")
    if made.not_ready:
        why = "; and ".join(_WHY[one] for one in made.not_ready)
        print(f"It is not ready to be sent, as its subject says: {why}. Then make it anew:")
        print(f"  ./inv digest --post {files.display_path(post)}")


def _email_problems(site: SiteSettings, given: str) -> list[Problem]:
    """Hold an e-mail's file to be one, to be new, and to lie where nothing is published from."""
    if not given:
        return []
    path = Path(given).resolve()
    problems = files.problems_of_new(path)
    if path.suffix != ".eml":
        remedy = "give it a name that ends in .eml; --post names the post it is made of"
        problems.append(Problem("", 0, f"--email is no e-mail's file (got {given})", remedy))
    for folder in (site.content, site.output):
        if path.is_relative_to(folder.resolve()):
            what = f"--email lies where the site is made from, or published from (got {given})"
            problems.append(Problem("", 0, what, "choose another folder"))
    return problems
