"""Make a reader's issue about a mistake a dated correction in the post it names, for an editor to finish.

The reader's wording is not ours. It stands behind a mark, with which no site is built: nobody publishes it by accident.
Reads what is there and writes nothing.
"""

from urllib.parse import unquote, urlsplit

from plugins.core.confidential import has_user_information
from plugins.core.config import frontmatter
from plugins.core.config.fields import split_names
from plugins.core.config.validation_errors import NO_PASSWORD
from plugins.core.errors import Problem, SiteError
from plugins.posts import frontmatter_edit, load
from plugins.posts.model import UNFINISHED
from plugins.sections.issue_entries import Issue, IssueEntry
from plugins.sections.model import Newsroom

KIND = "correction"
NEEDS = frozenset({"page", "wrong", "right"})
_LONG = 400


def make(issue: Issue, newsroom: Newsroom) -> IssueEntry:
    """Return the post with the correction in its front matter."""
    post, problems = _post(issue, newsroom)
    if post is None:
        return IssueEntry({}, problems=tuple(problems))
    wrong, right = issue.line("wrong", _LONG), issue.line("right", _LONG)
    item = {
        "date": newsroom.now.date().isoformat(),
        "text": f"{UNFINISHED} It said “{wrong}”. It should say “{right}”.",
    }
    # The bytes as they are: the line ends of a file are nobody's to change.
    before = post.path.read_bytes().decode("utf-8")
    try:
        after = frontmatter_edit.with_item(before, "corrections", item)
    except ValueError as error:
        remedy = "put its head between two lines of ---, or write the correction by hand"
        return IssueEntry({}, problems=(Problem(post.where, 1, str(error), remedy),))
    line = _verify(after, post, item)
    said = [f"Finish the sentence in your own words: {post.where}:{line}"]
    if reason := issue.line("source"):
        said.insert(0, f"{issue.labels.get('source', '')}: {reason}")
    return IssueEntry({post.path: after}, said=tuple(said))


def _post(issue: Issue, newsroom: Newsroom) -> tuple[load.Text | None, list[Problem]]:
    """Return the published post that the issue names, by its address, old or new, its file or its name."""
    name = issue.line("page")
    if has_user_information(name):
        return None, [issue.problem("page", NO_PASSWORD, "take out what stands between // and @")]
    posts = newsroom.content / "posts"
    texts = load.read_all(newsroom.content)
    found = [text for text in texts if text.path.is_relative_to(posts) and _is_named(text, name, newsroom)]
    if not found:
        remedy = "give a post's address; what stands on other pages is corrected by hand"
        return None, [issue.problem("page", f"no post is there (got {name})", remedy)]
    if len(found) > 1:
        named = ", ".join(post.where for post in found)
        return None, [issue.problem("page", f"several posts are there ({named})", "give the file of one")]
    (post,) = found
    if post.problems:
        return None, list(post.problems)
    if load.is_withheld(post, newsroom.now):
        return None, [issue.problem("page", f"that post is not published ({post.where})", "change its text")]
    return post, []


def _is_named(post: load.Text, name: str, newsroom: Newsroom) -> bool:
    try:
        address = unquote(urlsplit(name).path).strip("/")
    except ValueError:  # such as https://[
        return False
    file = post.path.relative_to(newsroom.content).as_posix()
    if address.endswith(".md"):
        return file == address or address.endswith(f"/{file}") or file == f"posts/{address}"
    data, forms = post.front.data, newsroom.settings.pelican
    slug = str(data.get("slug") or "").strip() or post.path.stem
    lang = str(data.get("lang") or "").strip()
    known = list(split_names(data.get("aliases")))
    if lang and lang != newsroom.language:
        known.append(forms["ARTICLE_LANG_URL"].format(slug=slug, lang=lang))
    else:
        known.append(forms["ARTICLE_URL"].format(slug=slug))
        if "/" not in address:
            known.append(slug)
    for one in known:
        path = one.strip("/")
        if path and f"/{address}".endswith(f"/{path}"):  # a host without https://, or the site's folder, may lead
            return True
    return False


def _verify(text: str, post: load.Text, item: dict[str, str]) -> int:
    """Make sure that the head says what it said and the correction, and nothing more; return the sentence's line."""
    front, problems = frontmatter.split(text.removeprefix("\ufeff"), post.where)
    told = [*(post.front.data.get("corrections") or []), item]
    if problems or front.data != {**post.front.data, "corrections": told} or front.body != post.front.body:
        remedy = "write the correction by hand"
        raise SiteError([Problem(post.where, 1, "the answers cannot be written safely", remedy)])
    return front.line_of(["corrections", len(told) - 1, "text"])
