"""The writer's desk as a section: it prints nothing, names what the texts name, and tells what is wrong in them."""

from collections.abc import Iterable, Iterator
from typing import Any

from plugins.core.errors import Problem
from plugins.core.text import aliases
from plugins.sections.model import Citation, Edition, Newsroom
from plugins.writing import load, pipeline

_OLD = "write the old address from the site's root, such as 2024/05/day-one.html"


def edition(newsroom: Newsroom) -> Edition:
    """Return the desk's edition: every text checked, drafts too."""
    problems: list[Problem] = []
    cites: list[Citation] = []
    texts = list(load.read_all(newsroom.content))
    for text in texts:
        found = pipeline.look(text.body)
        problems += [Problem(text.where, text.body_line + one.line, one.what, one.remedy) for one in found.faults]
        cites += [Citation(text.where, text.body_line + one.line, one.kind, one.id) for one in found.references]
        problems += _posters(text, found.posters, newsroom)
    problems += _old_addresses(texts, newsroom)
    return Edition("writing", problems=tuple(problems), cites=tuple(cites))


def _posters(text: load.Text, posters: Iterable[tuple[int, str]], newsroom: Newsroom) -> Iterator[Problem]:
    for line, path in posters:
        if not (newsroom.content / path).is_file():
            what = f"video: there is no picture {path}"
            yield Problem(text.where, text.body_line + line, what, "give its path below the content folder")


def _old_addresses(texts: Iterable[load.Text], newsroom: Newsroom) -> Iterator[Problem]:
    """Hold every old address to be below the site's root, to lead to one text, and to be no page that there is.

    Pages that only a build makes, such as a day of the wire, are looked for by the build itself.
    """
    taken = dict(_pages(newsroom.settings))
    seen: dict[str, str] = {}
    for text in texts:
        for line, old in text.old:
            if fault := aliases.fault(old):
                yield Problem(text.where, line, f"the alias {fault} (got {old})", _OLD)
                continue
            file = aliases.file_of(old)
            if file in taken:
                yield Problem(text.where, line, f"the alias is a page of the site (got {old})", f"remove it: {_OLD}")
            elif file in seen:
                yield Problem(text.where, line, f"the alias is taken by {seen[file]} (got {old})", "remove one of them")
            seen.setdefault(file, text.where)


def _pages(settings: Any) -> Iterator[tuple[str, str]]:
    """Return the files of the pages that every site has, with the settings that name them."""
    yield "index.html", "INDEX_SAVE_AS"
    for name in settings:
        value = settings[name]
        if name.endswith("_SAVE_AS") and isinstance(value, str) and value and "{" not in value:
            yield value, name
