"""What the check needs to know of a post or a page, as far as it follows from the file, its name and some settings.

Not from the time, nor from what other files there are: so of a file that is as it was, it is kept from run to run
(`sections.text_facts`), and the file is neither split nor validated nor searched again.
"""

import json
from collections.abc import Iterator
from typing import NamedTuple

from plugins.core.config import frontmatter
from plugins.core.config.fields import split_names
from plugins.core.config.markdown_file import Text
from plugins.core.text import file_links
from plugins.core.text.markdown_code import without_code
from plugins.core.text.markdown_model import Markup
from plugins.core.text.urls import links_in
from plugins.posts import places
from plugins.posts.model import UNFINISHED, PageMatter, PostMatter

_SHOWN = 60  # characters of an unfinished paragraph that are shown


class PostFacts(NamedTuple):
    """One file's, in values that JSON has; lists stand for tuples, and lines count from 1, the file's first.

    - `problems`: (line, what, remedy) of what is wrong with the file, or its front matter.
      `unnamed`: the same of names of which nothing is left that could stand in an address.
    - `is_draft`: whether it says of itself that it is one. `date` and `expires`: a post's, in ISO 8601, "" for none.
    - `matter`: its checked front matter in JSON, "" where there are problems. `body_size`: the body's characters, the
      last of the text.
    - `references`: (line, kind, id) of what the front matter names. `links`: (line, address) of the sites it leads to,
      in JSON. `file_links`: (line, link, file) of what it leads to below the content folder.
    - `placed`: the line that says where its page is, and the page's file; None where that cannot be told. `lists`: the
      files of the lists that a post stands in.
    - `picture`: (line, src, file below the content folder) of the post's own.
    - `unfinished`: (line, beginning) of each paragraph that somebody else began, and that was left as it was.
      `wordless`: the title's line, where neither body nor head have anything to show; else 0.
    """

    problems: list[tuple[int, str, str]]
    unnamed: list[tuple[int, str, str]]
    is_draft: bool
    date: str
    expires: str
    matter: str
    body_size: int
    references: list[tuple[int, str, str]]
    links: str
    file_links: list[tuple[int, str, str]]
    placed: tuple[int, str] | None
    lists: list[str]
    picture: tuple[int, str, str] | None
    unfinished: list[tuple[int, str]]
    wordless: int


def facts_of(text: Text[PageMatter], source: str, markup: Markup, slugs: places.Slugs) -> PostFacts:
    """Return what is to be known of a file, which is `source` below the content folder, and of its body's `markup`."""
    front, matter = text.front, text.matter
    date = expires = ""
    if isinstance(matter, PostMatter):
        date = matter.date.isoformat()
        expires = matter.expires.isoformat() if matter.expires else ""
    is_draft = matter.status == "draft" if matter else str(front.data.get("status")).strip().lower() == "draft"
    to_files = file_links.targets(markup.addresses, source)
    return PostFacts(
        problems=[(one.line, one.what, one.remedy) for one in text.problems],
        unnamed=list(places.unnamed(text, slugs)),
        is_draft=is_draft,
        date=date,
        expires=expires,
        matter=matter.model_dump_json(exclude_unset=True) if matter else "",
        body_size=len(front.body),
        references=list(_references(front)),
        links=json.dumps(_links(text, markup)),
        file_links=[(front.body_line + line, link, file) for line, link, file in to_files],
        placed=places.placed(text, source, slugs),
        lists=list(places.lists(text, slugs)),
        picture=_picture(front, source),
        unfinished=list(_unfinished(front)),
        wordless=_wordless(text),
    )


def _references(front: frontmatter.FrontMatter) -> Iterator[tuple[int, str, str]]:
    """Yield what front matter names, as it was written: a mistake elsewhere in it hides no unknown name."""
    for key, kind in (("listings", "listing"), ("funds", "fund")):
        for number, name in enumerate(split_names(front.data.get(key))):
            yield front.line_of([key, number]), kind, name


def _links(text: Text[PageMatter], markup: Markup) -> list[tuple[int, str]]:
    found = links_in(text.front.body, text.front.body_line, markup.code)
    if isinstance(text.matter, PostMatter) and text.matter.via:
        found.append((text.front.line_of(["via", "url"]), text.matter.via.url))
    return found


def _picture(front: frontmatter.FrontMatter, source: str) -> tuple[int, str, str] | None:
    image = front.data.get("image")
    src = isinstance(image, dict) and image.get("src")
    if not isinstance(src, str) or not src.strip():
        return None
    return front.line_of(["image", "src"]), src, file_links.from_content(src.strip(), source)


def _unfinished(front: frontmatter.FrontMatter) -> Iterator[tuple[int, str]]:
    if UNFINISHED not in front.body:
        return
    for number, line in enumerate(without_code(front.body).split("\n")):
        if line.startswith(UNFINISHED):
            found = line if len(line) < _SHOWN else f"{line[:_SHOWN]}…"
            yield front.body_line + number, found


def _wordless(text: Text[PageMatter]) -> int:
    matter = text.matter
    if matter is None or matter.status == "draft" or text.front.body.strip():
        return 0
    shows = isinstance(matter, PostMatter) and (matter.via or matter.image or matter.listings or matter.funds)
    return 0 if shows else text.front.line_of(["title"])
